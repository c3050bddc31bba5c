// Near misses: what was asked for and does not exist, and what does.

import {fill, find, list, make, many, setText} from './dom.js';
import {missed, nearest} from './nearest.js';

const most = 50;

export function showMisses(calls) {
	const show = list(find('#misses-list'), (miss) => miss.key, () => {
		const asked = make('code', {class: 'asked'});
		const times = make('span', {class: 'muted'});
		const near = make('p', {});
		const hint = make('p', {class: 'muted'});
		return {element: make('li', {class: 'item tall'}, make('div', {class: 'grow'}, make('p', {class: 'name'}, asked, ' ', times), near, hint)), show(miss) {
			setText(asked, miss.key);
			setText(times, `${miss.status}, ${many(miss.times, 'time')}`);
			if (miss.near) {
				fill(near, 'There is ', make('code', {}, `${miss.near.call.method} ${miss.near.call.path}`), ` (${miss.near.call.operation})${miss.near.words === '' ? '' : `: ${miss.near.words}`}`);
			} else fill(near, 'Nothing here comes near it.');
			setText(hint, miss.hint ?? '');
			hint.hidden = miss.hint === undefined;
		}};
	});
	const known = new Map(); // by method and path, so that each is compared once
	return (requests) => {
		const misses = new Map();
		for (let i = requests.length - 1; i >= 0; i--) {
			const request = requests[i];
			if (request.status !== 404 && request.status !== 405) continue;
			const key = `${request.method} ${request.path}`;
			const seen = misses.get(key);
			if (seen) {
				seen.times++;
				continue;
			}
			if (misses.size === most) continue;
			const name = `${key} ${request.operation}`;
			if (known.size > 10 * most) known.clear();
			if (!known.has(name)) known.set(name, missed(request, calls) ? {near: nearest(request.method, request.path, calls)} : undefined);
			if (known.get(name)) misses.set(key, {key, status: request.status, times: 1, hint: request.hint, near: known.get(name).near});
		}
		show([...misses.values()]);
		find('#misses-empty').hidden = misses.size > 0;
	};
}
