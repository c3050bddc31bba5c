// The journal: a list of which only the rows in sight are elements, so that thousands of requests are as quick as ten.

import {find, make, many, setText, shownDuration, visible} from './dom.js';
import {act} from './api.js';
import {answerOf, remarks, showRequest} from './request.js';

const spare = 6; // rows above and below those in sight

// showJournal needs log(), which is what the page has of the journal of the portal that is shown, and address(), where its calls are.
export function showJournal(log, calls, address, changed) {
	const grid = find('#journal-grid');
	const scroll = find('.scroll', grid);
	const body = find('.rows', grid);
	const filter = find('#journal-filter');
	const live = find('#journal-live');
	const detail = find('#request');
	const rows = []; // elements, used again for other requests
	let shown = []; // the requests that the filter lets through, latest first
	let chosen; // sequence
	let open; // the request whose details are shown
	let height = 0; // of a row

	const {text, operation, status, hint, violation, fault} = filter.elements;
	operation.append(...calls.map((call) => make('option', {value: call.operation}, call.operation)));

	function matches(request) {
		if (operation.value !== '' && (request.operation ?? '-') !== operation.value) return false;
		if (status.value !== '' && String(request.status)[0] !== status.value) return false;
		if (hint.checked && !request.hint) return false;
		if (violation.checked && !request.violations) return false;
		if (fault.checked && !request.faults) return false;
		const word = text.value.trim().toLowerCase();
		return word === '' || [request.method, request.path, request.caller, request.traceId, ...remarks(request)].some((part) => part?.toLowerCase().includes(word));
	}

	// update takes over what the log has. What somebody looks at stays where it is.
	function update() {
		const top = shown[Math.floor(scroll.scrollTop / (height || 1))]?.sequence;
		const within = scroll.scrollTop % (height || 1);
		shown = log().requests.filter(matches).reverse();
		if (scroll.scrollTop > 0 && top !== undefined) {
			const at = shown.findIndex(({sequence}) => sequence <= top);
			measure();
			if (at >= 0) scroll.scrollTop = at * height + within;
		}
		renew();
		const all = log().requests.length;
		setText(find('#journal-count'), shown.length === all ? many(all, 'request') : `${shown.length.toLocaleString('en')} of ${many(all, 'request')}`);
		const empty = find('#journal-empty');
		empty.hidden = shown.length > 0;
		setText(empty, log().none || (all === 0 ? 'No request yet. The next one appears here.' : 'No request fits the filter.'));
		grid.setAttribute('aria-rowcount', shown.length + 1);
		draw();
	}

	// renew shows the answer of the request whose details are shown, when it has come, and closes them when another request has its number.
	function renew() {
		const now = log().requests.find(({sequence}) => sequence === open?.sequence);
		if (now === undefined) return;
		if (now.time !== open.time) {
			chosen = undefined;
			close();
		} else if (now.status !== open.status) {
			details(now);
		}
	}

	function details(request) {
		open = request;
		showRequest(detail, request, address(), () => {
			close();
			grid.focus();
		});
	}

	function close() {
		open = undefined;
		detail.hidden = true;
	}

	function measure() {
		height = parseFloat(getComputedStyle(grid).getPropertyValue('--row'));
		body.style.height = `${shown.length * height}px`;
	}

	function draw() {
		measure();
		const first = Math.max(0, Math.floor(scroll.scrollTop / height) - spare);
		const end = Math.min(shown.length, Math.ceil((scroll.scrollTop + scroll.clientHeight) / height) + spare);
		while (rows.length < end - first) rows.push(makeRow());
		while (rows.length > Math.max(end - first, 60)) rows.pop().element.remove();
		let active = '';
		rows.forEach((row, i) => {
			const request = shown[first + i];
			if (first + i >= end) {
				row.element.hidden = true;
				return;
			}
			row.show(request, first + i, request.sequence === chosen);
			if (request.sequence === chosen) active = row.element.id;
		});
		if (active === '') grid.removeAttribute('aria-activedescendant');
		else grid.setAttribute('aria-activedescendant', active);
	}

	function makeRow() {
		const cells = Array.from({length: 7}, () => make('span', {role: 'gridcell'}));
		const element = make('div', {role: 'row', id: `journal-row-${rows.length}`, onclick: () => choose(Number(element.dataset.sequence))}, ...cells);
		body.append(element);
		return {element, show(request, index, isChosen) {
			element.hidden = false;
			element.dataset.sequence = request.sequence;
			element.style.transform = `translateY(${index * height}px)`;
			element.setAttribute('aria-rowindex', index + 2);
			element.setAttribute('aria-selected', String(isChosen));
			const notes = remarks(request);
			const values = [request.time.slice(11, 19), request.method, request.path.replace(/^\/api\/2\.0\//, '…/'), answerOf(request), shownDuration(request.duration), request.caller ?? '–', notes.join('; ')];
			values.forEach((value, i) => setText(cells[i], value));
			cells[2].title = visible(request.path);
			cells[6].title = visible(notes.join('\n'));
			cells[3].className = request.status === 0 || request.status >= 500 ? 'bad' : request.status >= 400 ? 'refused' : '';
		}};
	}

	function choose(sequence, show = true) {
		chosen = sequence;
		const index = shown.findIndex((request) => request.sequence === sequence);
		if (index < 0) return;
		const top = index * height;
		if (top < scroll.scrollTop) scroll.scrollTop = top;
		else if (top + height > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + height - scroll.clientHeight;
		draw();
		if (show) details(shown[index]);
	}

	grid.addEventListener('keydown', (event) => {
		const at = shown.findIndex((request) => request.sequence === chosen);
		const page = Math.max(1, Math.floor(scroll.clientHeight / height) - 1);
		const to = {ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1}[event.key];
		if (to !== undefined && shown.length > 0) {
			event.preventDefault();
			choose(shown[Math.min(Math.max(to, 0), shown.length - 1)].sequence, !detail.hidden);
		} else if ((event.key === 'Enter' || event.key === ' ') && at >= 0) {
			event.preventDefault();
			choose(chosen);
		} else if (event.key === 'Escape') {
			close();
		}
	});
	let drawing = 0;
	scroll.addEventListener('scroll', () => {
		drawing ||= requestAnimationFrame(() => {
			drawing = 0;
			draw();
		});
	}, {passive: true});
	new ResizeObserver(draw).observe(scroll);
	filter.addEventListener('input', () => {
		scroll.scrollTop = 0;
		update();
	});
	filter.addEventListener('submit', (event) => event.preventDefault());
	live.addEventListener('click', () => {
		const on = live.getAttribute('aria-checked') !== 'true';
		live.setAttribute('aria-checked', String(on));
		setText(find('.word', live), on ? 'on' : 'off');
		if (on) changed();
	});
	find('#journal-clear').addEventListener('click', async () => {
		await act('DELETE', 'journal');
		changed();
	});
	return {
		update,
		isLive: () => live.getAttribute('aria-checked') === 'true',
		begin() { // with another portal
			chosen = undefined;
			close();
			scroll.scrollTop = 0;
			update();
		},
	};
}
