import {start} from 'mock-docspace';
import {afterAll, expect, test} from 'vitest';
import {shareExternally} from './app.mjs'; // your app

const docspace = await start({profile: 'v3.7.2'});
afterAll(() => docspace.stop());

test('the app tries again when the portal is down', async () => {
  const portal = await docspace.portal();
  await portal.faults.add({operation: 'externalShare', status: 503, times: 1});
  expect(await shareExternally(portal.url, portal.keys.owner, false)).toBe(false);
  await portal.received({operation: 'externalShare', times: 2});
});
