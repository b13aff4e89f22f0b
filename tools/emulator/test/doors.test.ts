import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Doors } from '../driving/doors.ts';

test('a host name has one address on this machine, which passes requests on under that name', async () => {
  const asked: [string | undefined, IncomingHttpHeaders][] = [];
  const emulator = createServer((request, response) => {
    asked.push([request.url, request.headers]);
    request.pipe(response.writeHead(201, { 'x-answer': 'yes' }));
  }).listen(0, '127.0.0.1');
  await once(emulator, 'listening');
  const doors = new Doors(emulator.address() as AddressInfo);
  // At once, as for the outputs of a stack.
  const [page, path, other] = await Promise.all([
    doors.to('https://one.example.com'),
    doors.to('https://one.example.com/webhooks/junction'),
    doors.to('https://two.example.com/'),
  ]);
  expect(path).toBe(`${page}/webhooks/junction`);
  expect(other).not.toBe(page);

  const answer = await fetch(`${path}?a=1`, { method: 'POST', body: 'text' });
  expect([answer.status, answer.headers.get('x-answer'), await answer.text()]).toEqual([201, 'yes', 'text']);
  const [[url, headers] = ['', {}]] = asked;
  expect([url, headers.host, headers['x-forwarded-proto']]).toEqual([
    '/webhooks/junction?a=1',
    'one.example.com',
    'https',
  ]);

  await doors.close();
  for (const address of [page, other]) await expect(fetch(address)).rejects.toThrow('fetch failed');
  emulator.closeAllConnections();
  emulator.close();
});
