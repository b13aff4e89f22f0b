import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';

interface Answered {
  readonly response?: { readonly status: number };
}
type Operation = (options: object) => Promise<Answered>;

/**
 * Shows against a server of its own which requests the packaged client repeats.
 *
 * @throws {assert.AssertionError} if it repeats others
 */
export async function checkRetries(file: string): Promise<void> {
  const { connect, getSummary, acknowledgeRedraw, addNote } = await import(pathToFileURL(file).href);
  const requests: string[] = [];
  // What is read succeeds at the second try. Every other request is refused for ever: a PUT by 500, a POST by 503.
  const server = createServer((request, response) => {
    const isToken = request.url === '/oauth2/token';
    const tries = requests.filter((method) => method === request.method).length;
    if (!isToken) requests.push(request.method ?? '');
    const refused = request.method === 'PUT' ? 500 : 503;
    const status = isToken || (request.method === 'GET' && tries > 0) ? 200 : refused;
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end(JSON.stringify({ access_token: 'token', expires_in: 3_600 }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ url: `http://127.0.0.1:${port}`, clientId: 'local', clientSecret: 'local' });
  const path = { id: 'x', transaction_id: 'x' };
  const calls: [Operation, options: object][] = [
    [getSummary, {}],
    [acknowledgeRedraw, { path, body: {} }],
    [addNote, { path, body: {} }],
  ];
  const statuses: (number | undefined)[] = [];
  for (const [call, options] of calls) {
    statuses.push((await call({ client, ...options })).response?.status);
  }
  server.close();
  assert.deepEqual(statuses, [200, 500, 503]);
  assert.deepEqual(requests, ['GET', 'GET', 'PUT', 'POST']);
}
