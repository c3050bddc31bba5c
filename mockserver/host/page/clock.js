// The clock of the portal.

import {find, make, setText, shownDuration, shownTime} from './dom.js';
import {act} from './api.js';

const steps = [['+1 min', '1m'], ['+1 hour', '1h'], ['+1 day', '24h'], ['+30 days', '720h']];

export function showClock(changed) {
	const advance = async (by) => {
		await act('POST', 'clock/advance', {by});
		changed();
	};
	find('#clock-steps').append(...steps.map(([words, by]) => make('button', {type: 'button', onclick: () => advance(by)}, words)));
	find('#clock-advance').addEventListener('submit', (event) => {
		event.preventDefault();
		advance(event.target.elements.by.value.trim());
	});
	find('#clock-freeze').addEventListener('submit', async (event) => {
		event.preventDefault();
		const at = event.target.elements.at.value.trim();
		await act('POST', 'clock/freeze', at === '' ? {} : {at});
		changed();
	});
	find('#clock-resume').addEventListener('click', async () => {
		await act('POST', 'clock/resume');
		changed();
	});
	return (clock) => {
		const now = find('#clock-now');
		now.dateTime = clock.now;
		setText(now, shownTime(clock.now));
		const away = clock.offset === '0s' ? 'the time of day' : `${shownDuration(clock.offset)} from the time of day`;
		setText(find('#clock-state'), clock.frozen ? 'stopped' : away);
		find('#clock-resume').disabled = !clock.frozen;
	};
}
