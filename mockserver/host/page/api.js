// The control API: where it is, the token, and what was asked of it.

import {find} from './dom.js';

// Refused is an answer that is none of the 2xx.
export class Refused extends Error {
	constructor(status, answer) {
		super(answer.message ?? `status ${status}`);
		this.status = status;
		this.answer = answer;
	}
}

const [, before, , own] = /^(.*?)(\/portals\/([^/]+))?\/__mock\/$/.exec(location.pathname);

// portal is the portal that the page shows: "" is the main one.
export const portal = {name: own === undefined ? '' : decodeURIComponent(own)};

export const pathOf = (name) => `${before}${name === '' ? '' : `/portals/${name}`}/__mock/`;

let token = ''; // only here: it is gone with the page
let asking; // for the token, while the dialog is open

async function send(method, path, body, name) {
	const headers = {};
	if (token !== '') headers['X-Mock-Token'] = token;
	if (body !== undefined) headers['Content-Type'] = 'application/json';
	const response = await fetch(pathOf(name) + path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', credentials: 'omit'});
	const text = await response.text();
	if (response.ok) return text;
	let answer = {};
	try {
		answer = JSON.parse(text);
	} catch { // an answer of something between
	}
	throw new Refused(response.status, answer);
}

// withToken sends again what was refused without the token, as soon as there is one.
async function withToken(method, path, body, name) {
	for (;;) {
		const used = token;
		try {
			return await send(method, path, body, name);
		} catch (error) {
			if (error.status !== 401) throw error;
			if (used === token) await askForToken(used !== '');
		}
	}
}

function askForToken(wrong) {
	asking ??= new Promise((resolve) => {
		const dialog = find('#token');
		const form = find('form', dialog);
		find('#token-wrong').hidden = !wrong;
		let given = '';
		form.onsubmit = (event) => {
			event.preventDefault();
			given = form.elements.token.value;
			form.reset();
			dialog.close();
		};
		dialog.onclose = () => {
			if (given === '') return dialog.showModal(); // there is nothing to see without it
			token = given;
			for (const link of document.querySelectorAll('a[href="openapi.yaml"]')) link.replaceWith(link.textContent); // a link sends no token
			asking = undefined;
			return resolve();
		};
		dialog.showModal();
	});
	return asking;
}

// ask reads something, as text: the caller compares it with what it has.
export const ask = (path, name = portal.name) => withToken('GET', path, undefined, name);

const watchers = [];

// onCall calls the function with each call that the page makes for somebody.
export const onCall = (watcher) => watchers.push(watcher);

// act changes something, and lets the page show the call.
export async function act(method, path, body) {
	const call = {method, path: pathOf(portal.name) + path, body, curl: curl(method, location.origin + pathOf(portal.name) + path, body, token !== '')};
	try {
		const text = await withToken(method, path, body, portal.name);
		call.answer = 'done';
		return text;
	} catch (error) {
		call.answer = error instanceof Refused ? `${error.status}: ${error.message}` : 'no answer: is the fake still running?';
		call.failed = true;
		return undefined;
	} finally {
		for (const watcher of watchers) watcher(call);
	}
}

// quoted writes a text for a shell. What cannot be seen is escaped: some of the texts are what clients have sent.
function quoted(text) {
	if (/^[\w@%+=:,./-]+$/.test(text)) return text;
	if (!/\p{C}/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
	const bytes = (unseen) => Array.from(new TextEncoder().encode(unseen), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
	return `$'${text.replace(/['\\]/g, '\\$&').replace(/\p{C}/gu, bytes)}'`;
}

// curl is the command that sends the same request.
export function curl(method, url, body, withToken = false, headers = {}) {
	const parts = ['curl'];
	if (method !== 'GET') parts.push('-X', method);
	if (withToken) parts.push('-H', '"X-Mock-Token: $TOKEN"');
	if (body !== undefined && headers['Content-Type'] === undefined) parts.push('-H', quoted('Content-Type: application/json'));
	for (const [name, value] of Object.entries(headers)) parts.push('-H', quoted(`${name}: ${value}`));
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	if (body !== undefined) parts.push(text.startsWith('@') ? '--data-raw' : '-d', quoted(text)); // -d @ names a file
	if (/\/\.\.?(\/|$)/.test(url)) parts.push('--path-as-is');
	parts.push(quoted(url));
	return parts.join(' ');
}
