// The page of the fake, in a real browser: what somebody clicks and sees.

import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {after, before, describe, test} from 'node:test';

import {clipboard, launch, noViolations, openPage, owner, runShell, sees, send, startFake} from './harness.mjs';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

const settings = '/api/2.0/files/settings';

describe('the page', {concurrency: 2}, () => {
	// All browsers of a process have one clipboard.
	describe('what is copied', () => {
		test('a switch that is clicked is flipped, and the call is shown', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const share = page.getByRole('switch', {name: 'External sharing'});
			await sees(share, 'on');
			await share.click();
			await sees(share, 'off');
			assert.equal((await send('GET', fake + settings, undefined, owner)).answer.response.externalShare, false);
			await sees(page.locator('#call-last'), 'PATCH /__mock/state {"settings":{"externalShare":false}} done');

			await send('PUT', `${fake}${settings}/external`, {displayValue: true, set: true}, owner); // somebody else flips it back
			await sees(share, 'on');

			await page.getByRole('button', {name: 'Copy as curl the latest call'}).click();
			await sees(page.locator('footer'), 'Copied');
			assert.match(await runShell(await clipboard(page)), /"externalShare":false/);
			await sees(share, 'off');
		});

		test('the journal is live, and tells hints, violations and faults in words', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const rows = page.getByRole('grid', {name: 'Journal'}).locator('.rows').getByRole('row');
			await sees(page.locator('#journal-empty'), 'No request yet');
			await send('POST', `${fake}/__mock/faults`, {operation: 'getFilesSettings', status: 503, times: 1});
			await send('GET', fake + settings, undefined, owner);
			await send('PUT', `${fake}${settings}/external`, {displayValue: true}, owner);
			await send('PUT', `${fake}${settings}/externalsocialmedia`, {set: 'yes'}, owner);
			await sees(page.locator('#journal-count'), '3 requests');
			await sees(rows.nth(0), '/body/set');
			await sees(rows.nth(1), 'profiles v3.7.2');
			await sees(rows.nth(2), /503.*fault/);

			await page.getByRole('checkbox', {name: 'hint'}).check();
			await page.getByRole('searchbox', {name: 'Search'}).fill('externalsocial');
			await sees(page.locator('#journal-count'), '1 of 3 requests');
			await page.getByRole('searchbox', {name: 'Search'}).fill('nothing like it');
			await sees(page.locator('#journal-empty'), 'No request fits');
			await page.getByRole('searchbox', {name: 'Search'}).fill('');
			await page.getByRole('checkbox', {name: 'hint'}).uncheck();
			await page.getByRole('combobox', {name: 'Answer'}).selectOption('5xx');
			await sees(page.locator('#journal-count'), '1 of 3 requests');
			await page.getByRole('combobox', {name: 'Answer'}).selectOption('all');

			await rows.nth(1).click();
			const request = page.locator('#request');
			await sees(request, 'owner@example.com');
			await sees(request, '"displayValue": true');
			await sees(request, /A107.*displayValue.*reference: configure-external-file-sharing-settings/s);
			await sees(request, /v3\.7\.2, v3\.8, next\s*reads nothing but set.*A104/s);
			assert.doesNotMatch(await request.innerText(), /YOUR_API_KEY/);
			await request.getByRole('button', {name: 'Copy as curl'}).click();
			await sees(request, 'Copied');
			assert.match(await clipboard(page), new RegExp(`^curl -X PUT .*-d '{"displayValue":true}' ${fake}${settings}/external$`));

			await page.getByRole('button', {name: 'Empty'}).click();
			await sees(page.locator('#journal-empty'), 'No request yet');
			await send('GET', fake + settings, undefined, owner);
			await sees(page.locator('#journal-count'), '1 request');
			await send('POST', `${fake}/__mock/reset`); // somebody else empties it, and goes on
			await send('GET', `${fake}${settings}?fields=externalShare`, undefined, owner);
			await sees(rows.nth(0), 'fields=externalShare');
			await sees(page.locator('#journal-count'), '1 request');
		});

		test('links tell what they answer, count wrong passwords, and can be copied as curl', async (t) => {
			const fake = await startFake(t);
			const {answer: {key}} = await send('POST', `${fake}/__mock/links`, {password: "it's secret", title: 'For customers'});
			await send('POST', `${fake}/__mock/links`, {title: 'Old', expires: '2020-01-01T00:00:00Z'});
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const link = (title) => page.locator('#links-list li').filter({hasText: title});
			await sees(link('For customers'), 'asks for the password');
			await sees(link('For customers'), '0 wrong passwords of 5 within 1m');
			await sees(link('Old'), 'has expired');
			await send('POST', `${fake}/api/2.0/files/share/${key}/password`, {password: 'wrong'});
			await sees(link('For customers'), '1 wrong password of 5');

			await link('For customers').getByRole('button', {name: 'Copy with password'}).click();
			await sees(link('For customers'), 'Copied');
			const share = JSON.parse(await runShell(await clipboard(page))).response;
			assert.equal(share.status, 0, 'the copied command opens the link');

			for (let i = 0; i < 5; i++) await send('POST', `${fake}/api/2.0/files/share/${key}/password`, {password: 'wrong'});
			await sees(link('For customers'), 'Too many wrong passwords');
			await page.getByRole('button', {name: '+1 hour'}).click();
			await sees(link('For customers'), '0 wrong passwords of 5');
			await link('Old').getByRole('button', {name: 'Delete the link'}).click();
			await sees(page.locator('#links-count'), '2 links');
		});

		test('passwords and keys are not in the page until somebody asks', async (t) => {
			const fake = await startFake(t);
			await send('POST', `${fake}/__mock/links`, {key: 'share-key', password: 'Secret123!'});
			const page = await openPage(t, browser, `${fake}/__mock/`);
			await sees(page.locator('#people-count'), '4 people, 4 API keys');
			await sees(page.locator('#links-count'), '2 links');
			for (const secret of ['Owner-pass-1', 'YOUR_API_KEY', 'sk-dd7a', 'share-key', 'KEY_FROM_URL', 'Secret123!']) {
				assert.ok(!(await page.content()).includes(secret), secret);
			}
			await page.getByRole('button', {name: 'Show Password of owner@example.com'}).click();
			await sees(page.locator('#people-list li').first(), 'Owner-pass-1');
			await page.getByRole('button', {name: 'Hide Password of owner@example.com'}).click();
			assert.ok(!(await page.content()).includes('Owner-pass-1'));
			await page.getByRole('button', {name: 'Copy API key of owner@example.com'}).click();
			await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('sk-dd7a'));
		});

		test('the token is asked for, and kept nowhere but in the page', async (t) => {
			const fake = await startFake(t, '--control-token', 'the-right-one');
			await send('POST', `${fake}/__mock/portals`, {name: 'mine'}, {'X-Mock-Token': 'the-right-one'});
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const field = page.getByRole('dialog').getByLabel('Token', {exact: true});
			await field.fill('another one');
			await noViolations(page, 'the dialog of the token');
			await field.press('Enter');
			await sees(page.getByRole('dialog'), 'This token is wrong');
			await field.fill('the-right-one');
			await field.press('Enter');
			await sees(page.locator('#connection'), 'live');
			await page.getByRole('combobox', {name: 'Portal'}).selectOption('mine');
			const share = page.getByRole('switch', {name: 'External sharing'});
			await share.click();
			await sees(share, 'off');
			await page.getByRole('button', {name: 'Copy as curl the latest call'}).click();
			await sees(page.locator('footer'), 'Copied');
			assert.match(await clipboard(page), /-H "X-Mock-Token: \$TOKEN"/);
			const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie, location.href, document.documentElement.outerHTML]));
			assert.doesNotMatch(kept, /the-right-one/);
			await page.reload();
			await page.getByRole('dialog').getByLabel('Token', {exact: true}).waitFor();
		});

		test('a copied command sends what was sent, whatever that is', async (t) => {
			const received = [];
			const server = createServer(async (request, response) => {
				let body = '';
				for await (const part of request) body += part;
				received.push([request.method, request.url, request.headers['x-odd'], body]);
				response.end();
			}).listen(0, '127.0.0.1');
			await once(server, 'listening');
			t.after(() => server.close());
			const page = await openPage(t, browser, `${await startFake(t)}/__mock/`);
			for (const [path, odd, body] of [['/a', 'plain', '{"set":true}'], ['/a/../b?c=d', "it's; $(id) `id`", '@/etc/passwd'], ['/%5B1-3%5D', '!! \\ "', "\u001b[2J\u202e'\\\n😀"]]) {
				const url = `http://127.0.0.1:${server.address().port}${path}`;
				const command = await page.evaluate(async ([url, odd, body]) => (await import('./page/api.js')).curl('PUT', url, body, false, {'X-Odd': odd}), [url, odd, body]);
				assert.doesNotMatch(command, /[\p{Cc}\p{Cf}]/u, 'nothing in it is unseen');
				await runShell(command);
				assert.deepEqual(received.pop(), ['PUT', path, odd, body]);
			}
		});

		test('texts of others are shown as they are, and turn nothing else around', async (t) => {
			const fake = await startFake(t);
			const evil = '<img src=x onerror=alert(1)>\u202egpj.\u200b👩\u200d🔬';
			const shown = '<img src=x onerror=alert(1)>\\u{202e}gpj.\\u{200b}👩\u200d🔬';
			await send('POST', `${fake}/__mock/entries`, {id: '77', type: 'room', title: evil});
			await send('POST', `${fake}/__mock/links`, {entry: '77', title: evil, password: evil});
			await send('POST', `${fake}/__mock/users`, {email: 'evil@example.com', role: 'user', firstName: evil});
			await send('GET', `${fake}/%E2%80%AEliva`);
			await fetch(`${fake}${settings}/external`, {method: 'PUT', body: evil, headers: {...owner, 'Content-Type': 'text/plain'}});
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const link = page.locator('#links-list li').filter({hasText: `room “${shown}”`});
			await sees(link, `${shown} · read`);
			await link.getByRole('button', {name: 'Show the password'}).click();
			await sees(link.locator('.secret'), shown);
			await sees(page.locator('#people-list li'), `${shown}, evil@example.com`);
			await sees(page.locator('#misses-list li'), 'GET /\\u{202e}liva');
			const rows = page.getByRole('grid').locator('.rows').getByRole('row');
			await sees(rows, '/\\u{202e}liva');
			assert.doesNotMatch(await page.content(), /[\u202e\u200b]/);
			await rows.first().click();
			await page.locator('#request').getByRole('button', {name: 'Copy as curl'}).click();
			await sees(page.locator('#request'), 'Copied');
			assert.equal((await clipboard(page)).match(/Content-Type/g).length, 1, await clipboard(page));
		});
	});

	describe('what is shown and done', {concurrency: 3}, () => {
		test('people who open a portal are led to its page', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/`);
			await noViolations(page, 'the first page');
			await page.getByRole('link', {name: 'Look at this portal'}).click();
			await sees(page.locator('#connection'), 'live');
			assert.equal(page.url(), `${fake}/__mock/`);
			assert.equal((await send('GET', `${fake}/__mock/journal/count`)).answer.count, 0, 'the browser asks the portal for nothing, not even an icon');
		});

		test('the paths of the two switches can be told apart in the list', async (t) => {
			const fake = await startFake(t);
			for (const name of ['external', 'externalsocialmedia']) await send('PUT', `${fake}${settings}/${name}`, {set: 'yes'}, owner);
			for (const width of [1280, 1440, 1920]) {
				const page = await openPage(t, browser, `${fake}/__mock/`, {viewport: {width, height: 900}});
				await sees(page.locator('#journal-count'), '2 requests');
				const cut = await page.locator('.rows [role=row] > :nth-child(3)').evaluateAll((paths) => paths.filter((path) => path.scrollWidth > path.clientWidth).map((path) => path.textContent));
				assert.deepEqual(cut, [], `${width} px`);
			}
		});

		test('a request without an answer gets it when it comes', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			await send('POST', `${fake}/__mock/faults`, {id: 'slow', operation: 'getFilesSettings', kind: 'delay', delay: '1h'});
			const answered = send('GET', fake + settings, undefined, owner);
			const row = page.getByRole('grid').locator('.rows').getByRole('row').first();
			await sees(row, 'none');
			await row.click();
			await sees(page.locator('#request'), /Answer\s*none/);
			await send('PUT', `${fake}${settings}/external`, {set: true}, owner);
			await sees(page.locator('#journal-count'), '2 requests');
			await page.getByRole('button', {name: 'Remove the fault slow'}).click();
			assert.equal((await answered).status, 200);
			await sees(page.getByRole('grid').locator('.rows').getByRole('row').nth(1), /settings\s*200/);
			await sees(page.locator('#request'), /Answer\s*200/);
		});

		test('another portal of the same name has none of the requests of the first', async (t) => {
			const fake = await startFake(t);
			await send('POST', `${fake}/__mock/portals`, {name: 'mine'});
			await send('POST', `${fake}/portals/mine/__mock/clock/freeze`, {at: '2030-01-01T00:00:00Z'});
			const page = await openPage(t, browser, `${fake}/portals/mine/__mock/`);
			const rows = page.getByRole('grid').locator('.rows').getByRole('row');
			await send('GET', `${fake}/portals/mine/old`);
			await sees(rows.first(), '/old');
			await rows.first().click();
			await sees(page.locator('#request'), 'GET /old');
			await send('DELETE', `${fake}/__mock/portals/mine`);
			await send('POST', `${fake}/__mock/portals`, {name: 'mine'});
			await send('POST', `${fake}/portals/mine/__mock/clock/freeze`, {at: '2030-01-02T00:00:00Z'});
			for (const i of [1, 2, 3]) await send('GET', `${fake}/portals/mine/new-${i}`);
			await sees(page.locator('#journal-count'), '3 requests');
			assert.deepEqual((await rows.locator('span:nth-child(3)').allInnerTexts()).map((path) => path.trim()), ['/new-3', '/new-2', '/new-1']);
			await page.locator('#request').waitFor({state: 'hidden'});
		});

		test('the journal of another process at the same address takes the place of the last one', async (t) => {
			const fake = await startFake(t);
			const make = async () => send('POST', `${fake}/__mock/portals`, {name: 'mine'});
			await make();
			const page = await openPage(t, browser, `${fake}/portals/mine/__mock/`);
			const row = page.getByRole('grid').locator('.rows').getByRole('row').first();
			await send('GET', `${fake}/portals/mine/old`);
			await sees(row, 'old');
			await send('DELETE', `${fake}/__mock/portals/mine`); // a portal that is made anew counts from 1 like another process
			await make();
			await send('GET', `${fake}/portals/mine/new`);
			await sees(row, 'new');
			await sees(page.locator('#journal-count'), '1 request');
		});

		test('what does not exist is shown with what does', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			await send('POST', `${fake}${settings}/external`, {set: true}, owner);
			await send('GET', `${fake}/files/settings`, undefined, owner);
			await send('GET', `${fake}/api/2.0/files/room/10/links`, undefined, owner);
			await send('GET', `${fake}/api/2.0/files/setings`, undefined, owner);
			await send('GET', `${fake}/api/2.0/settings/security`, undefined, owner);
			await send('GET', `${fake}/index.php`);
			await send('GET', `${fake}/api//2.0/files/settings`, undefined, owner);
			const miss = (asked) => page.locator('#misses-list li').filter({hasText: asked});
			await sees(miss(`POST ${settings}/external`), `There is PUT ${settings}/external (externalShare): the method is PUT, not POST`);
			await sees(miss('GET /files/settings'), `There is GET ${settings} (getFilesSettings): “api/2.0” is missing`);
			await sees(miss('files/room/10/links'), 'There is GET /api/2.0/files/rooms/{id}/links (getRoomLinks): “rooms”, not “room”');
			await sees(miss('files/setings'), `There is GET ${settings} (getFilesSettings): “settings”, not “setings”`);
			await sees(miss('settings/security'), /Nothing here comes near it.*a portal has more below/);
			await sees(miss('/index.php'), 'Nothing here comes near it.');
			await sees(miss('/api//2.0'), `There is GET ${settings} (getFilesSettings): “/”, not “//”`);
		});

		test('faults, clock, snapshots and the reset', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const faults = page.getByRole('region', {name: 'Faults'});
			await faults.getByRole('combobox', {name: 'Call'}).selectOption('externalShare');
			await faults.getByRole('spinbutton', {name: 'Status'}).fill('502');
			await faults.getByRole('spinbutton', {name: 'How often'}).fill('2');
			await faults.getByRole('button', {name: 'Add the fault'}).click();
			await sees(faults, 'externalShare: 502, an error of DocSpace');
			assert.equal((await send('PUT', `${fake}${settings}/external`, {set: true}, owner)).status, 502);
			await sees(faults, 'applied to 1 request, 1 to go');
			await faults.getByRole('spinbutton', {name: 'Status'}).fill('404');
			await faults.getByRole('combobox', {name: 'What happens'}).selectOption('429, too many requests');
			await faults.getByRole('button', {name: 'Add the fault'}).click();
			await sees(faults, '429, too many requests');
			await send('POST', `${fake}/__mock/faults`, {operation: 'getFilesSettings', status: 503, retryAfter: '5s', probability: 0.25, times: 0});
			await sees(faults, '25 % of the time, Retry-After 5s, applied to 0 requests, without end');
			await faults.getByRole('button', {name: 'Remove all'}).click();
			await sees(faults, 'No call fails on purpose');

			const clock = page.getByRole('region', {name: 'Clock'});
			await clock.getByRole('textbox', {name: 'Stop at'}).fill('2030-01-01T00:00:00Z');
			await clock.getByRole('button', {name: 'Stop'}).click();
			await sees(clock, '2030-01-01 00:00:00 UTC');
			await clock.getByRole('textbox', {name: 'Move by'}).fill('90m');
			await clock.getByRole('textbox', {name: 'Move by'}).press('Enter');
			await sees(clock, '2030-01-01 01:30:00 UTC');
			await clock.getByRole('button', {name: 'Let it run'}).click();
			await sees(clock, 'from the time of day');

			const snapshots = page.getByRole('region', {name: 'Snapshots'});
			await snapshots.getByRole('textbox', {name: 'Name'}).fill('before');
			await snapshots.getByRole('button', {name: 'Save'}).click();
			await sees(snapshots, 'saved 2030-01-01');
			const share = page.getByRole('switch', {name: 'External sharing'});
			await share.click();
			await sees(share, 'off');
			await snapshots.getByRole('button', {name: 'Restore the snapshot before'}).click();
			await sees(share, 'on');
			await share.click();
			await sees(share, 'off');
			await snapshots.getByRole('button', {name: 'Reset the portal'}).click();
			await page.getByRole('dialog').getByRole('button', {name: 'Cancel'}).click();
			await sees(share, 'off');
			await snapshots.getByRole('button', {name: 'Reset the portal'}).click();
			await page.getByRole('dialog').getByRole('button', {name: 'Reset'}).click();
			await sees(share, 'on');
			await snapshots.getByRole('button', {name: 'Delete the snapshot before'}).click();
			await sees(snapshots, 'There is no snapshot');

			await page.getByRole('button', {name: /All \d+ calls/}).click();
			for (const call of ['POST /__mock/faults {"kind":"status","operation":"externalShare","status":502,"times":2} done', 'POST /__mock/clock/freeze', 'PUT /__mock/snapshots/before', 'POST /__mock/reset']) {
				await sees(page.locator('#call-list li'), call);
			}
		});

		test('a refused call says why', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const portals = page.getByRole('region', {name: 'Portals'});
			for (const portal of ['mine', 'mine']) {
				await portals.getByRole('textbox', {name: 'Name'}).fill(portal);
				await portals.getByRole('button', {name: 'Add a portal'}).click();
				await portals.getByRole('link', {name: 'mine'}).waitFor();
			}
			await sees(page.locator('#call-last'), '409: there is a portal of this name already');
			assert.equal(await portals.getByRole('textbox', {name: 'Name'}).inputValue(), 'mine', 'it can be mended');
		});

		test('each portal has its page', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			const portals = page.getByRole('region', {name: 'Portals'});
			await portals.getByRole('textbox', {name: 'Name'}).fill('mine');
			await portals.getByRole('button', {name: 'Add a portal'}).click();
			await portals.getByRole('link', {name: 'mine'}).click();
			await page.waitForURL(`${fake}/portals/mine/__mock/`);
			const share = page.getByRole('switch', {name: 'External sharing'});
			await share.click();
			await sees(share, 'off');
			await sees(page.locator('#call-last'), 'PATCH /portals/mine/__mock/state');
			assert.equal((await send('GET', fake + settings, undefined, owner)).answer.response.externalShare, true, 'the main portal is as before');

			await page.reload();
			await sees(share, 'off');
			assert.equal(await page.title(), 'mine – mock-docspace');
			await page.getByRole('combobox', {name: 'Portal'}).selectOption('main');
			await sees(share, 'on');
			await page.goBack();
			await sees(share, 'off');
			await portals.getByRole('button', {name: 'Delete the portal mine'}).click();
			await page.getByRole('dialog').getByRole('button', {name: 'Delete'}).click();
			await page.waitForURL(`${fake}/__mock/`);
			await sees(share, 'on');
			await sees(page.locator('#portals-count'), '1 portal');
		});

		test('everything works by the keyboard', async (t) => {
			const fake = await startFake(t);
			for (let i = 0; i < 100; i++) await send('GET', `${fake}${settings}?fields=externalShare`, undefined, owner);
			const page = await openPage(t, browser, `${fake}/__mock/`);
			await sees(page.locator('#journal-count'), '100 requests');
			await page.keyboard.press('Tab');
			await page.keyboard.press('Enter'); // the first link skips to the journal
			await page.waitForFunction(() => document.activeElement.id === 'journal');
			for (let i = 0; i < 20 && await page.evaluate(() => document.activeElement.id) !== 'journal-grid'; i++) await page.keyboard.press('Tab');
			const chosen = () => page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.dataset.sequence);
			await page.keyboard.press('ArrowDown');
			await page.keyboard.press('ArrowDown');
			assert.equal(await chosen(), '99');
			await page.keyboard.press('End');
			assert.equal(await chosen(), '1');
			await page.keyboard.press('Enter');
			await sees(page.locator('#request'), 'Request 1');
			await page.keyboard.press('Home');
			await sees(page.locator('#request'), 'Request 100');
			await page.keyboard.press('Escape');
			await page.locator('#request').waitFor({state: 'hidden'});
			const share = page.getByRole('switch', {name: 'External sharing'});
			for (let i = 0; i < 200 && !await share.evaluate((element) => element === document.activeElement); i++) await page.keyboard.press('Tab');
			await page.keyboard.press('Space');
			await sees(share, 'off');
			assert.ok(await share.evaluate((element) => element === document.activeElement), 'the focus stays');

			const ids = [];
			for (const title of ['A', 'B', 'C', 'D']) ids.push((await send('POST', `${fake}/__mock/links`, {title})).answer.id);
			const links = page.locator('#links-list li');
			await sees(page.locator('#links-count'), '5 links');
			const remove = links.filter({hasText: 'C ·'}).getByRole('button', {name: 'Delete the link'});
			await remove.focus();
			await send('DELETE', `${fake}/__mock/links/${ids[0]}`); // somebody else
			await sees(page.locator('#links-count'), '4 links');
			assert.ok(await remove.evaluate((element) => element === document.activeElement), 'the focus stays when what stands before it goes');
			await page.keyboard.press('Enter');
			await sees(page.locator('#links-count'), '3 links');
			assert.match(await page.evaluate(() => document.activeElement.closest('li')?.textContent), /D ·/, 'the next link has the focus');
		});

		test('nobody is kept out: axe-core finds nothing, light, dark and narrow', async (t) => {
			const fake = await startFake(t);
			await send('POST', `${fake}/__mock/links`, {key: 'k'.repeat(200), password: 'Secret123!'});
			await send('POST', `${fake}/__mock/portals`, {name: 'a-portal-with-a-name-that-is-as-long-as-a-name-of-a-portal-gets'});
			await send('POST', `${fake}/__mock/faults`, {kind: 'hang', operation: 'createFolderPrimaryExternalLink'});
			await send('PUT', `${fake}/__mock/snapshots/${'s'.repeat(100)}`);
			await send('PUT', `${fake}${settings}/external`, {set: 'yes'}, owner);
			await send('GET', `${fake}/${'x'.repeat(39)}/${'y'.repeat(39)}`, undefined, owner);
			for (const [what, options] of Object.entries({
				light: {colorScheme: 'light'}, dark: {colorScheme: 'dark'}, 'more contrast': {forcedColors: 'active'},
				narrow: {viewport: {width: 320, height: 640}}, 'narrow and dark': {viewport: {width: 320, height: 640}, colorScheme: 'dark'},
			})) {
				const page = await openPage(t, browser, `${fake}/__mock/`, options);
				await sees(page.locator('#journal-count'), '2 requests');
				await page.getByRole('grid').locator('.rows').getByRole('row').first().click();
				for (const held of await page.locator('.held').filter({visible: true}).all()) await held.getByRole('button', {name: 'Show'}).click();
				await page.getByRole('switch', {name: 'Live'}).click();
				await page.getByRole('switch', {name: 'New links are internal'}).click();
				await page.getByRole('button', {name: /All (\d+ )?calls/}).click();
				await noViolations(page, what);
				const {wide, screen} = await page.evaluate(() => ({wide: document.scrollingElement.scrollWidth, screen: innerWidth}));
				assert.ok(wide <= screen, `${what}: ${wide} px do not fit into ${screen}`);
				await page.getByRole('button', {name: 'Reset the portal'}).click();
				await noViolations(page, `${what}, with a question`);
				await page.getByRole('dialog').getByRole('button', {name: 'Cancel'}).click();
			}
		});

		test('nothing is asked while nobody looks', async (t) => {
			const fake = await startFake(t);
			const page = await openPage(t, browser, `${fake}/__mock/`, {movesClock: true});
			await sees(page.locator('#connection'), 'live');
			const hide = (hidden) => page.evaluate((hidden) => {
				Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
				document.dispatchEvent(new Event('visibilitychange'));
			}, hidden);
			await hide(true);
			await page.waitForLoadState('networkidle');
			let asked = 0;
			page.on('request', () => { asked++; });
			await page.clock.runFor(60_000);
			assert.equal(asked, 0);
			await send('GET', fake + settings, undefined, owner);
			await hide(false);
			await sees(page.locator('#journal-count'), '1 request');
			assert.ok(asked > 0);
		});

		test('the page says when the fake is gone', async (t) => {
			let stop;
			const fake = await startFake({after: (end) => { stop = end; }});
			const page = await (await browser.newContext()).newPage();
			t.after(() => page.context().close());
			await page.goto(`${fake}/__mock/`);
			await sees(page.locator('#connection'), 'live');
			await stop();
			await sees(page.getByRole('alert'), 'The fake does not answer');
			await sees(page.locator('#connection'), 'not connected');
		});
	});
});
