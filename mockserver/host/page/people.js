// The people of the portal, their passwords, tokens and API keys.

import {fill, find, firstOf, list, make, many, secret, setText} from './dom.js';

export function showPeople() {
	const show = list(find('#people-list'), (item) => item.user.id, makePerson);
	return (state) => {
		const keys = Map.groupBy(state.apiKeys, (key) => key.user.toLowerCase());
		const [users, count] = firstOf(state.users, 'person', 'people');
		show(users.map((user) => ({user, keys: keys.get(user.email.toLowerCase()) ?? []})));
		setText(find('#people-count'), `${count}, ${many(state.apiKeys.length, 'API key')}`);
		find('#people-empty').hidden = state.users.length > 0;
	};
}

function makePerson() {
	const name = make('p', {class: 'name'});
	const role = make('span', {class: 'badge'});
	const secrets = make('dl', {class: 'secrets'});
	const show = list(secrets, (item) => `${item.kind} ${item.value}`, ({kind, of}) => {
		const held = secret(`${kind} of ${of}`);
		const note = make('span', {class: 'muted'});
		return {element: make('div', {}, make('dt', {}, kind), make('dd', {}, held.element, note)), show(item) {
			held.show(item.value);
			setText(note, item.note);
		}};
	});
	return {element: make('li', {class: 'item tall'}, make('div', {class: 'grow'}, name, secrets)), show({user, keys}) {
		const full = [user.firstName, user.lastName].filter(Boolean).join(' ');
		fill(name, full === '' ? user.email : `${full}, ${user.email}`, ' ', role);
		setText(role, user.disabled ? `${user.role}, disabled` : user.role);
		show([
			...user.password ? [{kind: 'Password', value: user.password, note: ''}] : [],
			...(user.tokens ?? []).map((value) => ({kind: 'Token', value, note: ''})),
			...keys.map((key) => ({kind: 'API key', value: key.key, note: [
				!key.permissions?.length || key.permissions.includes('*') ? 'all permissions' : key.permissions.join(', '), key.expires && `until ${key.expires.slice(0, 10)}`, key.active === false && 'switched off',
			].filter(Boolean).join(' · ')})),
		].map((item) => ({...item, of: user.email})));
	}};
}
