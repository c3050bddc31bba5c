// The faults: calls that fail on purpose.

import {button, find, list, make, many, setText, shownDuration} from './dom.js';
import {act} from './api.js';

const kinds = {
	status: 'an error of DocSpace', rateLimit: '429, too many requests', proxy: 'the error page of a proxy', reset: 'the connection is reset', hang: 'no answer',
	truncated: 'the body ends in the middle', malformed: 'a body that is no JSON', empty: '200 without a body', contentType: 'a body declared as HTML', delay: 'the answer, later',
};

export function showFaults(changed, calls) {
	const form = find('#faults-add');
	const {operation, kind, status, delay, times} = form.elements;
	operation.append(...calls.map((call) => make('option', {value: call.operation}, call.operation)));
	kind.append(...Object.entries(kinds).map(([value, words]) => make('option', {value}, words)));
	const fit = () => {
		find('[data-for=status]', form).hidden = status.disabled = kind.value !== 'status' && kind.value !== 'proxy';
		if (kind.value === 'proxy' && !['502', '503', '504'].includes(status.value)) status.value = '502';
		delay.required = kind.value === 'delay';
	};
	kind.addEventListener('change', fit);
	fit();
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		const fault = {kind: kind.value};
		if (operation.value !== '') fault.operation = operation.value;
		if (!status.disabled && status.value !== '') fault.status = Number(status.value);
		if (delay.value !== '') fault.delay = delay.value.trim();
		if (times.value !== '') fault.times = Number(times.value);
		await act('POST', 'faults', fault);
		changed();
	});
	find('#faults-clear').addEventListener('click', async () => {
		await act('DELETE', 'faults');
		changed();
	});
	const show = list(find('#faults-list'), (fault) => fault.id, (fault) => {
		const title = make('p', {class: 'name'});
		const text = make('p', {class: 'muted'});
		const remove = button('Remove', `the fault ${fault.id}`, async () => {
			await act('DELETE', `faults/${encodeURIComponent(fault.id)}`);
			changed();
		});
		return {element: make('li', {class: 'item'}, make('div', {class: 'grow'}, title, text), remove.element), show(now) {
			setText(title, `${now.operation ?? 'any call'}: ${now.status ? `${now.status}, ` : ''}${kinds[now.kind] ?? now.kind}`);
			const wait = now.delay ? `waits ${now.delay}${now.delayMax && now.delayMax !== now.delay ? ` to ${now.delayMax}` : ''}, ` : '';
			const chance = now.probability < 1 ? `${(100 * now.probability).toLocaleString('en')} % of the time, ` : '';
			const retry = now.retryAfter ? `Retry-After ${shownDuration(now.retryAfter)}, ` : '';
			const left = now.usedUp ? 'used up' : now.times === 0 ? 'without end' : `${now.times - now.applied} to go`;
			setText(text, `${chance}${wait}${retry}applied to ${many(now.applied, 'request')}, ${left}${now.header ? `, only with X-Mock-Fault: ${now.id}` : ''}`);
		}};
	});
	return (faults) => {
		show(faults);
		find('#faults-empty').hidden = faults.length > 0;
		find('#faults-clear').hidden = faults.length === 0;
	};
}
