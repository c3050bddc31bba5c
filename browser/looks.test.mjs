// The screenshots of the documentation. They are of a portal where something has happened, with a clock that stands still.

import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {launch, openPage, owner, png, sees, send, startFake} from './harness.mjs';

const images = process.env.PAGE_IMAGES;
const largest = 100 * 1024; // bytes of an image
const colours = 128; // of an image

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

// usedFake is a fake of which all parts of the page have something to show.
async function usedFake(t) {
	const fake = await startFake(t);
	const control = (method, path, body) => send(method, `${fake}/__mock/${path}`, body);
	const call = (method, path, body, headers = owner) => send(method, `${fake}/api/2.0/${path}`, body, headers);
	await control('POST', 'clock/freeze', {at: '2026-07-01T12:00:00Z'});
	await control('POST', 'links', {key: 'customers', password: 'Secret123!', title: 'For customers', expires: '2030-01-01T00:00:00Z'});
	await control('POST', 'links', {key: 'last-year', title: 'Last year', expires: '2026-01-01T00:00:00Z'});
	await control('POST', 'portals', {name: 'mine'});
	await control('PUT', 'snapshots/before-sharing');
	await control('POST', 'faults', {operation: 'externalShare', status: 503, times: 2});
	const step = () => control('POST', 'clock/advance', {by: '2.25s'});
	for (const [method, path, body, headers] of [
		['GET', 'files/settings'],
		['PUT', 'files/settings/external', {set: true}],
		['PUT', 'files/settings/external', {set: true}],
		['PUT', 'files/settings/external', {displayValue: true}],
		['PUT', 'files/settings/externalsocialmedia', {set: 'yes'}],
		['GET', 'files/rooms'],
		['GET', 'files/room/10/links'],
		['GET', 'files/rooms/10/links'],
		['POST', 'files/settings/external', {set: true}],
		['GET', 'files/share/customers', undefined, {}],
		['POST', 'files/share/customers/password', {password: 'Secret123'}, {}],
		['POST', 'files/share/customers/password', {password: 'secret123!'}, {}],
		['POST', 'files/share/customers/password', {password: 'Secret123!'}, {}],
		['GET', 'files/10', undefined, {'Request-Token': 'customers'}],
	]) {
		await call(method, path, body, headers);
		await step();
	}
	return fake;
}

for (const [name, options] of Object.entries({
	'page-light': {colorScheme: 'light', viewport: {width: 1280, height: 900}},
	'page-dark': {colorScheme: 'dark', viewport: {width: 1280, height: 900}},
	'page-narrow': {colorScheme: 'light', viewport: {width: 320, height: 800}},
})) {
	test(`screenshot ${name}`, async (t) => {
		const fake = await usedFake(t);
		const page = await openPage(t, browser, `${fake}/__mock/`, options);
		await sees(page.locator('#journal-count'), '14 requests');
		await page.getByRole('switch', {name: 'Social networks'}).click();
		await sees(page.getByRole('switch', {name: 'Social networks'}), 'off');
		if (name !== 'page-narrow') await page.locator('.rows').getByRole('row').filter({hasText: /settings\/external200/}).first().click();
		await page.evaluate(() => scrollTo(0, 0));
		const shot = png.decode(await page.screenshot());
		const image = Buffer.from(png.encode(png.toRGBA8(shot), shot.width, shot.height, colours));
		assert.ok(image.length <= largest, `${name} has ${image.length} bytes`);
		await writeFile(join(images, `${name}.png`), image);
	});
}
