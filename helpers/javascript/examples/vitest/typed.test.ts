import {type contract, type DocspacePortal, start} from 'mock-docspace';
import {expect, test} from 'vitest';

const rooms: contract.PortalFile = {entries: [{id: '7', type: 'room', roomType: 5, title: 'Customers'}], links: [{entry: '7', key: 'customers'}]};

async function titleOf(portal: DocspacePortal, key: string): Promise<string> {
  const answer = await fetch(`${portal.url}/api/2.0/files/share/${key}`); // your app instead
  return ((await answer.json()) as {response: {title: string}}).response.title;
}

test('a portal lives as long as its block', async () => {
  await using docspace = await start();
  await using portal = await docspace.portal(rooms);
  expect(await titleOf(portal, 'customers')).toBe('Customers');
  const requests: contract.Request[] = await portal.received({operation: 'getExternalShareData', caller: ''});
  expect(requests).toHaveLength(1);
});
