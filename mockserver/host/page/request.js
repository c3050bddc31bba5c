// One request of the journal, with all that the journal knows of it.

import {button, copyButton, make} from './dom.js';
import {curl} from './api.js';
import {why} from './why.js';

export const answerOf = (request) => (request.status === 0 ? 'none' : String(request.status));

// remarks says in words what is worth a look.
export function remarks(request) {
	const all = [];
	for (const {pointer, message} of request.violations ?? []) all.push(`contract ${pointer}: ${message}`);
	if (request.faults) all.push(`fault ${request.faults.join(', ')}`);
	if (request.hint) all.push(`hint: ${request.hint}`);
	if (request.superseded) all.push('the portal got another state meanwhile');
	return all;
}

// showRequest fills the place with a request. close is what its button does.
export function showRequest(place, request, address, close) {
	const facts = [
		['Call', request.operation ?? 'none of the contract'], ['Answer', answerOf(request)], ['Caller', request.caller ?? 'nobody with an account'],
		['Time', request.time.replace('T', ' ').replace('Z', ' UTC')], ['Took', request.duration], ['Trace', request.traceId],
		['Hint', request.hint], ...(request.violations ?? []).map(({pointer, message}) => ['Breaks the contract', `${pointer}: ${message}`]),
		['Faults', request.faults?.join(', ')], ['Superseded', request.superseded && 'the portal got another state meanwhile'],
	].filter(([, value]) => value);
	const headers = Object.entries(request.header).flatMap(([name, values]) => values.map((value) => [name, value])).sort(([a], [b]) => (a < b ? -1 : 1));
	const sent = Object.fromEntries(headers.filter(([name]) => !['Accept-Encoding', 'Connection', 'Content-Length', 'Host', 'User-Agent'].includes(name)));
	const command = () => curl(request.method, address + encodeURI(request.path).replaceAll('#', '%23'), request.body, false, sent);
	place.replaceChildren(
		make('div', {class: 'title'}, make('h3', {}, `Request ${request.sequence}`), copyButton('Copy as curl', 'this request', command).element, button('Close', 'this request', close).element),
		make('p', {}, make('code', {class: 'asked'}, `${request.method} ${request.path}`)),
		make('dl', {class: 'facts'}, ...facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)))),
		...request.status === 0 ? [] : [why(request)],
		...request.body === undefined ? [] : [make('h4', {}, request.bodyTruncated ? 'Body, shortened' : 'Body'), make('pre', {tabindex: '0', 'aria-label': 'Body'}, pretty(request.body))],
		make('h4', {}, 'Headers'),
		make('dl', {class: 'facts'}, ...headers.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)))),
	);
	place.hidden = false;
}

function pretty(body) {
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		return body;
	}
}
