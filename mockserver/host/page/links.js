// The share links: what each one answers, and how often somebody has sent a wrong password.

import {button, copyButton, fill, find, firstOf, list, make, many, secret, setText, shownDuration, shownTime} from './dom.js';
import {act, curl} from './api.js';

const answers = {
	ok: 'opens', requiredPassword: 'asks for the password', expired: 'has expired', invalid: 'opens nothing', externalAccessDenied: 'opens for people with an account only',
};
const access = {2: 'read', 5: 'review', 6: 'comment', 7: 'fill forms', 9: 'manage the room', 10: 'edit', 11: 'create content'};

// showLinks needs address(), which is where the portal that is shown has its calls.
export function showLinks(changed, address) {
	const show = list(find('#links-list'), (item) => item.link.id, (item) => makeLink(item, changed, address));
	return (state, statuses) => {
		const entries = new Map(state.entries.flatMap((entry) => [[`${entry.type}/${entry.id}`, entry], [entry.id, entry]]));
		const status = new Map(statuses.map((one) => [one.id, one]));
		const [links, count] = firstOf(state.links, 'link');
		show(links.map((link) => ({link, entry: entries.get(link.entry), status: status.get(link.id), limit: state.limits.passwordAttempts})));
		setText(find('#links-count'), count);
		find('#links-empty').hidden = state.links.length > 0;
	};
}

function makeLink({link: {id}}, changed, address) {
	let link;
	const name = make('p', {class: 'name'});
	const state = make('span', {class: 'badge'});
	const facts = make('p', {class: 'muted'});
	const attempts = make('p', {class: 'attempts'});
	const key = secret('the key of the link');
	const password = secret('the password of the link');
	const passwordRow = make('div', {}, make('dt', {}, 'Password'), make('dd', {}, password.element));
	const call = (method, path, body) => curl(method, `${address()}/api/2.0/files/share/${encodeURIComponent(link.key)}${path}`, body);
	const open = copyButton('Copy as curl', '', () => call('GET', ''));
	const check = copyButton('Copy with password', '', () => call('POST', '/password', {password: link.password ?? ''}));
	const remove = button('Delete', '', async () => {
		await act('DELETE', `links/${id}`);
		changed();
	});
	const element = make('li', {class: 'item tall'},
		make('div', {class: 'grow'}, name, facts, attempts, make('dl', {class: 'secrets'}, make('div', {}, make('dt', {}, 'Key'), make('dd', {}, key.element)), passwordRow)),
		make('div', {class: 'actions'}, open.element, check.element, remove.element));
	return {element, show({link: now, entry, status, limit}) {
		link = now;
		const title = entry ? `${entry.type} “${entry.title}”` : `${link.entry}, which does not exist`;
		fill(name, `${link.invitation ? 'Invitation to ' : ''}${title} `, state);
		setText(state, link.invitation ? 'is not opened' : answers[status?.answer] ?? '…');
		state.dataset.status = status?.answer ?? '';
		setText(facts, [
			link.title, access[link.access ?? 2] ?? `access ${link.access}`, link.primary && 'primary', link.internal && 'internal', link.denyDownload && 'no downloads',
			link.expires ? `until ${shownTime(link.expires)}` : 'without end',
		].filter(Boolean).join(' · '));
		attempts.hidden = !link.password && !status?.wrongPasswords && !status?.blockedUntil;
		setText(attempts, status?.blockedUntil
			? `Too many wrong passwords: further ones are refused until ${status.blockedUntil.slice(11, 19)} UTC`
			: `${many(status?.wrongPasswords ?? 0, 'wrong password')} of ${limit.count} within ${shownDuration(limit.window)}`);
		attempts.classList.toggle('wrong', Boolean(status?.blockedUntil));
		key.show(link.key);
		password.show(link.password ?? '');
		passwordRow.hidden = check.element.hidden = !link.password;
		for (const action of [open, check, remove]) action.about(`the link to ${title}`);
	}};
}
