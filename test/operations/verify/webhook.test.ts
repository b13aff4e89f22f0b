/** The check of the webhook, over HTTP. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type Finding, runCheck } from '../../../operations/verify/check.ts';
import { webhookCheck } from '../../../operations/verify/webhook.ts';
import { account, SECRET } from './account.ts';

const blocked =
  '<HTML><BODY><H1>403 ERROR</H1> Request blocked. We cannot connect to the server.</BODY></HTML>';

test.each<[string, string, Record<string, [number, string]>, Finding['state'], RegExp]>([
  ['no secret is stored', 'placeholder', { '/webhooks/junction': [503, '{}'] }, 'not set up', /Connecting/],
  ['the endpoint fails', 'placeholder', { '/webhooks/junction': [500, '{}'] }, 'failed', /returned 500/],
  [
    'the web ACL lets this machine in',
    SECRET,
    { '/webhooks/junction': [200, '{"outcome":"ignored"}'] },
    'passed',
    /verified and ignored/,
  ],
  [
    'the web ACL refuses this machine',
    SECRET,
    { '/webhooks/junction': [403, blocked], '/openapi.json': [200, '{}'] },
    'skipped',
    /not in entranceWebhookSenders/,
  ],
  [
    'the web ACL refuses this machine, and no secret is stored',
    'placeholder',
    { '/webhooks/junction': [403, blocked], '/openapi.json': [200, '{}'] },
    'not set up',
    /Connecting/,
  ],
  [
    'the API refuses what passes the entrance',
    SECRET,
    { '/webhooks/junction': [403, blocked], '/openapi.json': [403, '{"message":"Forbidden"}'] },
    'failed',
    /origin secret/,
  ],
  [
    'the API refuses a webhook that passed the entrance',
    SECRET,
    { '/webhooks/junction': [403, '{"message":"Forbidden"}'], '/openapi.json': [200, '{}'] },
    'failed',
    /returned 403/,
  ],
])('with an entrance, %s', async (_, SecretString, pages, state, saying) => {
  const server = createServer((request, response) => {
    const [status, text] = pages[request.url ?? ''] ?? [404, ''];
    response.writeHead(status).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const deployment = account({ GetSecretValue: { SecretString } });
  const finding = await runCheck(webhookCheck, {
    ...deployment,
    hasEntrance: true,
    url: `http://127.0.0.1:${port}`,
  });
  server.closeAllConnections();
  server.close();
  expect(finding.state).toBe(state);
  expect(Object.values(finding).join('\n')).toMatch(saying);
});

test('on this machine, the webhook is sent to the given address, because nobody knows the name of the other', async () => {
  const deployment = account({ GetSecretValue: { SecretString: SECRET } });
  const WebhookUrl = 'https://api.invalid/webhooks/junction';
  const outputs = { ...deployment.outputs, WebhookUrl };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(JSON.stringify({ outcome: 'ignored' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await runCheck(webhookCheck, { ...deployment, outputs, url })).state).toBe('passed');
  server.close();
  expect(asked).toEqual(['/webhooks/junction']);
  expect((await runCheck(webhookCheck, { ...deployment, outputs, url: 'https://api.invalid' })).state).toBe(
    'failed',
  );
});
