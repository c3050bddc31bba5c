// What the tests of the page share: the program, the browser, and waiting for what somebody sees.

import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';

const {PAGE_TOOLS: tools, PAGE_PROGRAM: program, PAGE_CHROMIUM: executablePath} = process.env;
const require = createRequire(`${tools}/package.json`);
export const axe = require('axe-core');
const {chromium} = require('playwright-core');
export const png = require('upng-js');

export const launch = () => chromium.launch({executablePath, args: [
	'--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]});

const endings = new WeakMap(); // of a test

// atEnd does something when the test has ended. What began last ends first, and all of it ends.
function atEnd(t, end) {
	if (endings.has(t)) return endings.get(t).push(end);
	const all = [end];
	endings.set(t, all);
	return t.after(async () => {
		const errors = [];
		for (const one of all.reverse()) await one().catch((error) => errors.push(error));
		if (errors.length > 0) throw errors[0];
	});
}

// startFake starts the program, until the test has ended.
export async function startFake(t, ...flags) {
	const fake = spawn(program, ['--addr', '127.0.0.1:0', '--quiet', ...flags], {stdio: ['ignore', 'pipe', 'inherit']});
	atEnd(t, async () => {
		const ended = once(fake, 'exit');
		fake.kill('SIGINT');
		await ended;
	});
	for await (const line of createInterface(fake.stdout)) return line.match(/ listening on (http:\S+)/)[1];
	throw new Error('the program says no address');
}

// send makes a request and gives the status and the answer as JSON.
export async function send(method, url, body, headers = {}) {
	const answer = await fetch(url, {method, body: body === undefined ? undefined : JSON.stringify(body), headers: {'Content-Type': 'application/json', ...headers}});
	const text = await answer.text();
	return {status: answer.status, answer: /json/.test(answer.headers.get('content-type')) ? JSON.parse(text) : text};
}

export const owner = {Authorization: 'Bearer YOUR_API_KEY'};

// openPage opens an address in a browser of its own. At the end of the test nothing may have gone wrong in it: no error, nothing that the
// policy forbids, and no request to anybody else.
export async function openPage(t, browser, address, options = {}) {
	const context = await browser.newContext({viewport: {width: 1280, height: 900}, permissions: ['clipboard-read', 'clipboard-write'], reducedMotion: 'reduce', ...options});
	const page = await context.newPage();
	if (options.movesClock) await page.clock.install(); // it runs, and can be moved on
	page.setDefaultTimeout(20_000);
	const wrong = [];
	page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) wrong.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (new URL(request.url()).origin !== new URL(address).origin && !request.url().startsWith('data:')) wrong.push(`request to ${request.url()}`);
	});
	atEnd(t, async () => {
		await context.close();
		assert.deepEqual(wrong, []);
	});
	await page.goto(address);
	return page;
}

// sees waits until a place shows a text.
export async function sees(place, text) {
	await place.filter({hasText: text}).first().waitFor();
}

export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// runShell runs a command as somebody who has copied it, and gives what it prints.
export async function runShell(command) {
	return (await promisify(execFile)('bash', ['-c', command.replace(/^curl/, 'curl -sS --max-time 20')])).stdout;
}

// noViolations fails when axe-core finds something that keeps people from using the page.
export async function noViolations(page, what) {
	await page.evaluate(axe.source);
	const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ['violations']}));
	assert.deepEqual(violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`), [], what);
}
