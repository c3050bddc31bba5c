// The control calls that the page has made for somebody, the latest in one line.

import {copyButton, fill, find, make, setText} from './dom.js';
import {onCall} from './api.js';

const most = 50;

export function showCalls() {
	const last = find('#call-last');
	const all = find('#call-list');
	const more = find('#call-more');
	let latest = '';
	const copyLast = copyButton('Copy as curl', 'the latest call', () => latest).element;
	copyLast.id = 'call-copy';
	copyLast.hidden = true;
	find('#call-copy').replaceWith(copyLast);
	more.addEventListener('click', () => {
		all.hidden = !all.hidden;
		more.setAttribute('aria-expanded', String(!all.hidden));
	});
	onCall((call) => {
		latest = call.curl;
		copyLast.hidden = more.hidden = false;
		fill(last, ...line(call));
		all.prepend(make('li', {}, make('span', {class: 'grow'}, ...line(call)), copyButton('Copy as curl', `${call.method} ${call.path}`, () => call.curl).element));
		if (all.childElementCount > most) all.lastElementChild.remove();
		setText(more, all.childElementCount === 1 ? 'All calls' : `All ${all.childElementCount} calls`);
	});
}

const line = (call) => [
	make('code', {}, `${call.method} ${call.path}${call.body === undefined ? '' : ` ${JSON.stringify(call.body)}`}`),
	' ',
	make('span', {class: call.failed ? 'wrong' : 'muted'}, call.answer),
];
