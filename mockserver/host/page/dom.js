// What all parts of the page need to show something. Texts go into the page as texts, never as HTML.

export const find = (selector, within = document) => within.querySelector(selector);

// visible writes what cannot be seen, and what turns the text around it, as escapes: many texts are what clients have sent. What joins
// letters and emoji stays.
const unseen = /(?![\t\n\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\u2028\u2029]/gu;
export const visible = (text) => text.replace(unseen, (character) => `\\u{${character.codePointAt().toString(16)}}`);

// make makes an element. A property that begins with "on" is a listener, and one that is false, null or undefined is left out.
export function make(tag, properties, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties ?? {})) {
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else if (value === true) element.setAttribute(name, '');
		else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
	}
	fill(element, ...children.filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

// fill gives an element the children, of which some are texts.
export function fill(element, ...children) {
	element.replaceChildren(...children.map((child) => (typeof child === 'string' ? visible(child) : child)));
}

export function setText(element, text) {
	const shown = visible(text);
	if (element.textContent !== shown) element.textContent = shown;
}

// list keeps the children of an element like the items: an element stays while its item does, so that focus and open parts stay too.
// make(item) makes an element and the function that shows an item in it.
export function list(parent, keyOf, makeElement) {
	let shown = new Map();
	return (items) => {
		const next = new Map();
		const kept = new Set(items.map(keyOf));
		for (const [key, row] of shown) { // first, so that nothing that stays has to move
			if (!kept.has(key)) remove(row.element);
		}
		let before = parent.firstElementChild;
		for (const item of items) {
			const key = keyOf(item);
			const row = shown.get(key) ?? makeElement(item);
			next.set(key, row);
			row.show(item);
			if (row.element === before) before = before.nextElementSibling;
			else parent.insertBefore(row.element, before);
		}
		shown = next;
	};
}

// remove takes an item out of its list. When it has the focus, its neighbour gets it.
function remove(element) {
	const near = element.nextElementSibling ?? element.previousElementSibling;
	const to = near && find('button', near) || element.closest('section');
	const focused = element.contains(document.activeElement);
	element.remove();
	if (focused) to.focus({preventScroll: true});
}

const most = 200; // of a list that somebody may read

// firstOf gives as many items as a list shows, and the words for all of them.
export function firstOf(items, word, words) {
	const all = many(items.length, word, words);
	return items.length <= most ? [items, all] : [items.slice(0, most), `the first ${most} of ${all}`];
}

// many words a number: many(1, 'link') is "1 link".
export const many = (number, word, words = word + 's') => `${number.toLocaleString('en')} ${number === 1 ? word : words}`;

// shownTime and shownDuration write what the control API writes for people.
export const shownTime = (time) => time.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
export const shownDuration = (duration) => duration.replace(/(?<=[hm])0[ms](0s)?$/, '').replace(/\.\d+(?=µs)/, '').replace(/(\.\d)\d+/, '$1');

// copy puts a text on the clipboard. Beyond localhost and https browsers have the old way only.
export async function copy(text) {
	if (navigator.clipboard) return navigator.clipboard.writeText(text);
	const field = make('textarea', {readonly: true, 'aria-hidden': 'true', class: 'offscreen'});
	field.value = text;
	(document.querySelector('dialog[open]') ?? document.body).append(field);
	field.select();
	const done = document.execCommand('copy');
	field.remove();
	if (!done) throw new Error('the browser does not let this page copy');
}

// button makes a button. What it is about is said to those who do not see where it stands.
export function button(words, about, onclick, properties = {}) {
	const shown = make('span', {}, words);
	const unseen = make('span', {class: 'unseen'});
	const element = make('button', {type: 'button', onclick, ...properties}, shown, unseen);
	const of = (text) => setText(unseen, text === '' ? '' : ` ${text}`);
	of(about);
	return {element, say: (text) => setText(shown, text), about: of};
}

// copyButton copies what text() gives, and says so for a moment.
export function copyButton(words, about, text) {
	const copyIt = button(words, about, async () => {
		let told = 'Copied';
		try {
			await copy(text());
		} catch {
			told = 'Not allowed here';
		}
		copyIt.say(told);
		setText(find('#said'), told);
		setTimeout(() => {
			copyIt.say(words);
			setText(find('#said'), '');
		}, 1500);
	});
	return copyIt;
}

// secret is a text that is in the page only while somebody wants to see it.
export function secret(name) {
	let value = '';
	const text = make('code', {class: 'secret'}, '••••••••');
	let open = false;
	const toggle = button('Show', name, () => {
		open = !open;
		show();
	});
	function show() {
		setText(text, open ? value : '••••••••');
		toggle.say(open ? 'Hide' : 'Show');
	}
	return {element: make('span', {class: 'held'}, text, toggle.element, copyButton('Copy', name, () => value).element), show(next) { value = next; show(); }};
}

// confirm asks before something is lost.
export function confirm(title, text, yes) {
	const dialog = find('#ask');
	setText(find('#ask-title'), title);
	setText(find('#ask-text'), text);
	setText(find('#ask-yes'), yes);
	dialog.returnValue = '';
	dialog.showModal();
	return new Promise((resolve) => {
		dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
	});
}
