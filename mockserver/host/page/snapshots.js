// The snapshots, and the reset.

import {button, confirm, find, list, make, setText, shownTime} from './dom.js';
import {act} from './api.js';

export function showSnapshots(changed) {
	find('#snapshots-save').addEventListener('submit', async (event) => {
		event.preventDefault();
		if (await act('PUT', `snapshots/${encodeURIComponent(event.target.elements.name.value)}`) !== undefined) event.target.reset();
		changed();
	});
	find('#reset').addEventListener('click', async () => {
		if (!await confirm('Reset the portal?', 'Its data and clock are as when it was started. Faults and journal are emptied. Snapshots stay.', 'Reset')) return;
		await act('POST', 'reset');
		changed();
	});
	const show = list(find('#snapshots-list'), (snapshot) => snapshot.name, ({name}) => {
		const path = `snapshots/${encodeURIComponent(name)}`;
		const saved = make('p', {class: 'muted'});
		const does = (words, method, at) => button(words, `the snapshot ${name}`, async () => {
			await act(method, at);
			changed();
		}).element;
		return {
			element: make('li', {class: 'item'}, make('div', {class: 'grow'}, make('p', {class: 'name'}, name), saved),
				does('Restore', 'POST', `${path}/restore`), does('Delete', 'DELETE', path)),
			show: (snapshot) => setText(saved, `saved ${shownTime(snapshot.saved)}`),
		};
	});
	return (snapshots) => {
		show(snapshots);
		find('#snapshots-empty').hidden = snapshots.length > 0;
	};
}
