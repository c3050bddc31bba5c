// The switches of the portal.

import {find, list, make, setText} from './dom.js';
import {act} from './api.js';

const words = {
	externalShare: ['External sharing', 'Links can be made and opened'],
	externalShareSocialMedia: ['Social networks', 'Share buttons are offered, while external sharing is on'],
	externalShareApplyToRooms: ['Off also for rooms', 'While external sharing is off'],
	externalShareApplyToDocuments: ['Off also for documents', 'While external sharing is off'],
	blockExistingLinksOnRestrict: ['Off also for older links', 'While external sharing is off'],
	defaultShareLinkInternal: ['New links are internal', 'Only people with an account open them'],
	enableThirdParty: ['Third-party storages', 'They can be connected'],
};

export function showSwitches(changed) {
	const show = list(find('#switches-list'), (item) => item.name, ({name}) => {
		const [title, text] = words[name] ?? [name, ''];
		const word = make('span', {class: 'word'});
		const button = make('button', {
			type: 'button', role: 'switch', id: `switch-${name}`, 'aria-labelledby': `switch-${name}-title`, 'aria-describedby': `switch-${name}-text`,
			onclick: async () => {
				await act('PATCH', 'state', {settings: {[name]: button.getAttribute('aria-checked') !== 'true'}});
				changed();
			},
		}, word);
		const element = make('li', {}, button, make('div', {},
			make('label', {for: `switch-${name}`, id: `switch-${name}-title`}, title), make('p', {class: 'muted', id: `switch-${name}-text`}, text)));
		return {element, show({on}) {
			button.setAttribute('aria-checked', String(on));
			setText(word, on ? 'on' : 'off');
		}};
	});
	return (settings) => show(Object.entries(settings).map(([name, on]) => ({name, on}))
		.sort((a, b) => Object.keys(words).indexOf(a.name) - Object.keys(words).indexOf(b.name)));
}
