const {start} = require('mock-docspace');

let docspace;
beforeAll(async () => (docspace = await start({profile: 'v3.7.2'})));
afterAll(() => docspace.stop());

test('the link of a customer expires', async () => {
  const portal = await docspace.portal({links: [{key: 'customer', expires: '2030-01-01T00:00:00Z'}]});
  const status = async () => (await (await fetch(`${portal.url}/api/2.0/files/share/customer`)).json()).response.status; // your app instead
  await portal.clock.freeze('2029-12-31T23:59:00Z');
  expect(await status()).toBe(0);
  await portal.clock.advance('2m');
  expect(await status()).toBe(2);
  await portal.received({operation: 'getExternalShareData', status: 200, times: 2});
});
