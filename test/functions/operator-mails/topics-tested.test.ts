/** What the function publishes when a deployment is verified. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { TEST_ATTRIBUTE, TOPICS_TESTED } from '../../../core/events/source.ts';

let server: Server | undefined;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  server?.close();
});

let loaded = 0;

/** Invokes the function with a test of the topics, at an SNS that refuses one of them. */
async function tested(refused?: string) {
  const published: URLSearchParams[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    published.push(form);
    response.setHeader('content-type', 'text/xml');
    if (form.get('TopicArn') === refused) {
      response.statusCode = 400;
      response.end(
        '<ErrorResponse><Error><Code>KMSAccessDenied</Code><Message>no key</Message></Error></ErrorResponse>',
      );
    } else
      response.end(
        '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
      );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const environment = {
    OPERATORS_TOPIC_ARN: 'arn:operators',
    CRITICAL_RESULTS_TOPIC_ARN: 'arn:critical',
    PAGES_URL: 'https://pages',
    RUNBOOK_URL: 'https://runbook',
    AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  loaded += 1;
  const { handler } = await import(`../../../functions/operator-mails/handler.ts?${loaded}`);
  const event = { id: 'event-1', 'detail-type': TOPICS_TESTED, detail: { id: 'verify:1', team_id: null } };
  const outcome = await handler(event, { awsRequestId: 'invocation' }).then(
    () => 'succeeded',
    (error: Error) => error.name,
  );
  return { published, lines, outcome };
}

test('a test goes to both topics with the attribute by which a subscription leaves it out, and is logged', async () => {
  const { published, lines, outcome } = await tested();
  expect(outcome).toBe('succeeded');
  expect(published.map((form) => form.get('TopicArn')).sort()).toEqual(['arn:critical', 'arn:operators']);
  for (const form of published) {
    expect(form.get('MessageAttributes.entry.1.Name')).toBe(TEST_ATTRIBUTE);
    expect(form.get('Message')).toContain('nothing to do');
  }
  expect(lines.join('')).toContain('event-1');
});

test('a topic whose key refuses it leaves no line that says otherwise', async () => {
  const { lines, outcome } = await tested('arn:critical');
  expect(outcome).toMatch(/KMSAccessDenied/);
  expect(lines.join('')).not.toContain('event-1');
});
