// The report of docspace-contract that is a page, as its golden file shows it.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {launch, noViolations, openPage} from './harness.mjs';

const report = new URL('../internal/drift/testdata/report.html', import.meta.url).href;

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const [name, options] of Object.entries({light: {colorScheme: 'light'}, dark: {colorScheme: 'dark'}, narrow: {viewport: {width: 320, height: 640}}})) {
	test(`the report keeps nobody out, ${name}`, async (t) => {
		const page = await openPage(t, browser, report, options);
		await noViolations(page, name);
		const {wide, screen} = await page.evaluate(() => ({wide: document.scrollingElement.scrollWidth, screen: innerWidth}));
		assert.ok(wide <= screen, `${wide} px do not fit into ${screen}`);
	});
}
