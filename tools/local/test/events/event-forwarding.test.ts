/** Events on their way to a program of the developer, over HTTP. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Problem } from '../../../../lib/problems/problem.ts';
import { eventForwarding, readEventTargets } from '../../events/event-forwarding.ts';
import type { BusEvent } from '../../events/event-rules.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

const event = (
  id: string,
  type = 'Redraw Stale',
  detail: object = { historical: false, watch_only: false },
) =>
  ({
    version: '0',
    id,
    'detail-type': type,
    source: 'redraw-tracker',
    account: '000000000000',
    time: '2026-03-05T10:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: { ...detail },
  }) satisfies BusEvent;

/** A program that gets events. @param status its answer to each request, by the number from 0 */
async function program(status: (request: number) => number = () => 204) {
  const received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const answer = status(requests);
    requests += 1;
    if (answer < 300) received.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(answer).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

function forwarding(targets: ReturnType<typeof readEventTargets>) {
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const options = { targets, secret: SECRET, report, pause: async () => undefined };
  return { send: eventForwarding({ ...options, signal: new AbortController().signal }), lines };
}

test('each event is signed and looks as from EventBridge', async () => {
  const { url, received } = await program();
  const { send } = forwarding(readEventTargets(url));
  for (const id of ['a', 'b', 'c']) send(event(id));
  await expect.poll(() => received.length).toBe(3);
  expect(received.map(({ body }) => JSON.parse(body))).toEqual(['a', 'b', 'c'].map((id) => event(id)));
  for (const { headers, body } of received) {
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
    expect(headers['webhook-id']).toBe(JSON.parse(body).id);
  }
});

test('the rules that docs/events has work', async () => {
  const file = fileURLToPath(new URL('../../../../docs/events/rules.json', import.meta.url));
  const [target] = readEventTargets(file);
  expect(target?.url).toBe('http://localhost:3000/hook');
  expect(target?.matches(event('a'))).toBe(true);
  expect(target?.matches(event('a', 'Note Added'))).toBe(false);
  expect(target?.matches(event('a', 'Redraw Stale', { historical: true, watch_only: false }))).toBe(false);
});

test('a program that fails is tried again, and one that is down is named once', async () => {
  const { url, received } = await program((request) =>
    request < 2 || (request > 2 && request < 10) ? 503 : 200,
  );
  const { send, lines } = forwarding(readEventTargets(url));
  for (const id of ['tried again', 'lost', 'lost too', 'lost as well', 'arrives']) send(event(id));
  await expect.poll(() => received.length).toBe(2);
  expect(received.map(({ body }) => JSON.parse(body).id)).toEqual(['tried again', 'arrives']);
  expect(lines).toEqual([
    `${url} did not take the event Redraw Stale: it answered 503.`,
    `${url} answers again. It did not get 3 events.`,
  ]);
});

test.each([
  ['http://', 'EVENTS_TO must be'],
  ['no-such-file.json', 'no such file'],
  ['not-json', 'EVENTS_TO must be'],
  ['[]', 'has no valid rules'],
  ['[{"to": "ftp://x"}]', 'has no valid rules'],
  [
    '[{"to": "http://localhost/", "pattern": {"detail": {"revision": [{"numeric": [">", 1]}]}}}]',
    'does not support',
  ],
])('%s is refused in a sentence', (text, expected) => {
  const file = join(mkdtempSync(join(inject('temporaryFolder'), 'rules-')), 'rules.json');
  writeFileSync(file, text);
  const value = /^(http|no-such)/.test(text) ? text : file;
  expect(() => readEventTargets(value)).toThrow(Problem);
  expect(() => readEventTargets(value)).toThrow(expected);
});
