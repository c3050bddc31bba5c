// The portals of the process: the main one and the named ones.

import {button, confirm, copyButton, find, firstOf, list, make, setText} from './dom.js';
import {act, pathOf, portal} from './api.js';

// showPortals calls open with the name of a portal that somebody wants to see.
export function showPortals(changed, open, addressOf) {
	const choice = find('#portal');
	choice.addEventListener('change', () => open(choice.value));
	find('#portals-add').addEventListener('submit', async (event) => {
		event.preventDefault();
		const name = event.target.elements.name.value;
		if (await act('POST', 'portals', name === '' ? {} : {name}) !== undefined) event.target.reset();
		changed();
	});
	const show = list(find('#portals-list'), (item) => item.name, ({name}) => {
		const link = make('a', {href: pathOf(name), onclick: (event) => {
			if (event.ctrlKey || event.metaKey || event.shiftKey) return;
			event.preventDefault();
			open(name);
		}}, name === '' ? 'main' : name);
		const here = make('span', {class: 'badge'}, 'shown here');
		const address = make('p', {class: 'muted'}, addressOf(name));
		const element = make('li', {class: 'item'}, make('div', {class: 'grow'}, make('p', {class: 'name'}, link, ' ', here), address), copyButton('Copy', `the address of the ${name === '' ? 'main portal' : `portal ${name}`}`, () => addressOf(name)).element);
		if (name !== '') {
			element.append(button('Delete', `the portal ${name}`, async () => {
				if (!await confirm(`Delete the portal ${name}?`, 'Its data, faults and journal are lost.', 'Delete')) return;
				await act('DELETE', `portals/${name}`);
				if (portal.name === name) open('');
				else changed();
			}).element);
		}
		return {element, show() {
			here.hidden = name !== portal.name;
			if (name === portal.name) link.setAttribute('aria-current', 'page');
			else link.removeAttribute('aria-current');
		}};
	});
	return (portals) => {
		const names = ['', ...portals.map(({name}) => name)];
		if (!names.includes(portal.name)) names.push(portal.name);
		const [first, count] = firstOf(names, 'portal');
		show(first.map((name) => ({name})));
		setText(find('#portals-count'), count);
		if (names.join() !== [...choice.options].map((option) => option.value).join()) {
			choice.replaceChildren(...names.map((name) => make('option', {value: name}, name === '' ? 'main' : name)));
		}
		choice.value = portal.name;
	};
}
