/** Messages to patients from webhook to inbox, with providers that refuse, fail and report, and without a trace of an address. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { filesUnder } from '../../../../test/patient-data.ts';
import { call } from '../../../../test/stack/http-call.ts';
import { QueryClient } from '../../../../test/stack/query/calls.ts';
import { callWebhook, secretOf, signed } from '../../../../test/stack/webhook/calls.ts';
import { EVERY_FEATURE, type StackProcess, startStack } from '../../../../test/stack-process.ts';
import { localClientSettings } from '../../../../tools/local/database/client-settings.ts';
import { tableWithStream } from '../../../../tools/local/database/tables.ts';
import { journey } from '../../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../../tools/sandbox/server.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../../../tools/sandbox/webhooks/webhook-sender.ts';
import { criticalResult } from '../../../../tools/verification/oracle/bodies.ts';

const SECRET = secretOf(1);
const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const dataDirectory = join(place, 'data');
const [first_name, last_name] = ['Kanarina', 'Vogelsang'];

/** Patients whose providers behave differently, and what becomes of their message. */
const patients = [
  { email: 'kanarina@canary.example', phone: '+14155550111', ends: ['delivered', 'delivered'] },
  { email: 'bounce+canary@simulator.amazonses.com', phone: '+14155550192', ends: ['bounced', 'opted_out'] },
  { email: 'refused+canary@simulator.amazonses.com', phone: '+14155550193', ends: ['failed', 'failed'] },
  { email: 'complaint+canary@simulator.amazonses.com', phone: '+14155550191', ends: ['opted_out', 'failed'] },
  // The provider took the message, but its answer was lost. Its report says what became of the message.
  { email: 'lost+canary@simulator.amazonses.com', phone: '+14155550196', ends: ['delivered', 'delivered'] },
  // Nobody knows whether it went, so it is never sent again.
  { email: 'error+canary@simulator.amazonses.com', phone: '+14155550195', ends: ['unknown', 'unknown'] },
];
/** What a patient texts back. Nobody may read it. */
const REPLY = 'Stop! It is Kanarina, call 4155550111';
/** An owner, and a person of the user pool. */
const OLIVIA = 'olivia@example.com';
const endAt = new Date(Date.now() - 60_000);
const redraws = patients.map(({ email, phone }, seed) =>
  journey('redraw_never_ordered', seed + 1, {
    endAt,
    spelling: 'documented',
    details: { first_name, last_name, email, phone_number: phone },
  }),
);
const transactions = redraws.map(({ known }) => known[0]?.facts.transactionId ?? '');

let sandbox: Sandbox;
let stack: StackProcess;
let database: DynamoDBDocumentClient;

beforeAll(async () => {
  sandbox = await startSandbox({ journeys: redraws });
  sandbox.junction.changes.teamHasSms = false;
  stack = await startStack({
    dataDirectory,
    environment: {
      WEBHOOK_SECRET: SECRET,
      JUNCTION_BASE_URL: sandbox.url,
      JUNCTION_API_KEY: SANDBOX_API_KEY,
      ...EVERY_FEATURE,
    },
  });
  database = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(stack.url)));
  const { failures } = await deliver(planDeliveries(redraws, { seed: 3, shuffle: true, duplicate: 0.5 }), {
    url: `${stack.url}/webhooks/junction`,
    secret: SECRET,
  });
  expect(failures).toEqual([]);
}, 180_000);

afterAll(async () => {
  database?.destroy();
  await stack?.stop();
  await sandbox?.close();
  rmSync(place, { recursive: true, force: true });
});

async function items(): Promise<Record<string, unknown>[]> {
  const TableName = await tableWithStream(database);
  const { Items = [] } = await database.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items;
}

/** The states of the e-mail and the SMS of each transaction. Its reminders are planned for other days. */
async function states(): Promise<Record<string, string[]>> {
  const messages = (await items()).filter(
    ({ pk, state }) => String(pk).startsWith('MESSAGE#') && state !== 'planned',
  );
  return Object.fromEntries(
    [...Map.groupBy(messages, ({ pk }) => String(pk).slice('MESSAGE#'.length))].map(([id, some]) => [
      id,
      some
        .sort((one, other) => String(one.sk).localeCompare(String(other.sk)))
        .map(({ state }) => String(state)),
    ]),
  );
}

async function scheduledRun(): Promise<unknown> {
  const run = await fetch(`${stack.url}/2015-03-31/functions/messages/invocations`, {
    method: 'POST',
    body: JSON.stringify({ time: new Date().toISOString() }),
  });
  return run.json();
}

test('each patient gets a message by each channel, once, and its outcome is known as well as it can be', async () => {
  const expected = Object.fromEntries(patients.map(({ ends }, index) => [transactions[index], ends]));
  await vi.waitFor(
    async () => {
      // What a run had to leave, because another one was at it, is left to the next scheduled run.
      await scheduledRun();
      expect(await states()).toEqual(expected);
    },
    { timeout: 60_000, interval: 1_000 },
  );
  expect(await scheduledRun()).toMatchObject({ sent: 0, planned: 0 });
  const inbox = (await (await fetch(`${stack.url}/inbox.json`)).json()) as Record<string, string>[];
  const reached = (field: 'email' | 'phone', ...at: number[]) => at.map((index) => patients[index]?.[field]);
  expect(inbox.map(({ to }) => to).sort()).toEqual(
    [...reached('email', 0, 3, 4), ...reached('phone', 0, 4)].sort(),
  );
  for (const { channel, text, html } of inbox) {
    expect([channel, text?.includes('Example Health')]).toEqual([channel, true]);
    expect(html?.includes(first_name) ?? channel === 'sms').toBe(true);
  }
  expect(stack.output()).not.toContain(' DENIED: ');
}, 90_000);

test('a patient who replies STOP gets no more texts, and the transaction shows it', async () => {
  const [{ phone } = { phone: '' }] = patients;
  const body = new URLSearchParams({ to: phone, text: REPLY });
  const posted = await fetch(`${stack.url}/inbox/replies`, { method: 'POST', body, redirect: 'manual' });
  expect(posted.status).toBe(303);
  const optedOut = async () =>
    expect((await states())[transactions[0] ?? '']).toEqual(['delivered', 'opted_out']);
  await vi.waitFor(optedOut, { timeout: 10_000 });
  const optOuts = (await items()).flatMap(({ pk, opt_out }) =>
    String(pk).startsWith('PATIENT#') ? [opt_out] : [],
  );
  expect(optOuts).toContainEqual({ sms: { by: null, caller: null, at: expect.anything(), reason: 'reply' } });
});

test('an owner gets one mail with what is theirs, and it has no patient data', async () => {
  const [{ known } = { known: [] }] = redraws;
  const order_id = known[0]?.facts.orderId ?? null;
  const text = JSON.stringify(criticalResult(1, new Date().toISOString(), { order_id }));
  await callWebhook(stack.url, { body: text, headers: signed(text, { secrets: [SECRET] }) });
  const client = await QueryClient.open(stack.url);
  const { json: people } = await client.ask('/v1/people');
  expect(people).toMatchObject({
    people: expect.arrayContaining([{ name: OLIVIA, display_name: 'Olivia Operator' }]),
  });
  const assignment = `/v1/transactions/${transactions[0]}/assignment`;
  await client.ask(assignment, { method: 'PUT', body: JSON.stringify({ assignee: OLIVIA }) });
  const run = async () => {
    const url = `${stack.url}/2015-03-31/functions/owner-mails/invocations`;
    return (await call(url, { method: 'POST', body: JSON.stringify({ time: new Date().toISOString() }) }))
      .json;
  };
  await vi.waitFor(async () => expect(await run()).toMatchObject({ sent: 0, done: 1 }), { timeout: 10_000 });
  const inbox = (await (await fetch(`${stack.url}/inbox.json`)).json()) as Record<string, string>[];
  const [mail = {}, ...more] = inbox.filter(({ to }) => to === OLIVIA);
  expect(more).toEqual([]);
  expect(mail.text).toContain('Unacknowledged critical results:');
  expect(mail.text).toContain(`${stack.url}/transactions/${transactions[0]}`);
  expect(mail.text).toContain(`${stack.url}/?show=mine`);
  expect(JSON.stringify(mail)).not.toContain('cloudfront.net');
  for (const canary of [first_name, last_name, 'canary', ...patients.map(({ phone }) => phone.slice(1))]) {
    expect(JSON.stringify(mail)).not.toContain(canary);
  }
}, 30_000);

test('no name or address is anywhere but in the inbox', async () => {
  const canaries = [first_name, last_name, 'canary', REPLY, ...patients.map(({ phone }) => phone.slice(1))];
  const tells = (bytes: Buffer | string) => canaries.filter((canary) => bytes.includes(canary));
  // Lambda forgets an event when its function has finished.
  await vi.waitFor(() => expect(filesUnder(join(dataDirectory, 'invocations'))).toEqual([]));
  const files = filesUnder(dataDirectory);
  for (const kind of [
    /messages\.log$/,
    /message-outcomes\.log$/,
    /metrics\.sqlite/,
    /EventsLog/,
    /dynamodb/,
  ]) {
    expect([kind, files.some(({ file }) => kind.test(file))]).toEqual([kind, true]);
  }
  const telling = files.filter(({ bytes }) => tells(bytes).length > 0).map(({ file }) => file);
  expect(telling).toEqual([join(dataDirectory, 'inbox.jsonl')]);
  expect(tells(stack.output())).toEqual([]);
});

test('the functions need every grant, except those for what has not failed', async () => {
  await stack.stop();
  const { unused } = JSON.parse(readFileSync(join(dataDirectory, 'permissions.json'), 'utf8'));
  const notNeeded = unused.filter((grant: string) =>
    /^(messages|message-outcomes|owner-mails|people):/.test(grant),
  );
  expect(notNeeded).toEqual([
    // Written when an optional route of Junction fails, or a field of its answers cannot be read.
    expect.stringMatching(/^messages: dynamodb:UpdateItem .* of NOTICE#\*$/),
  ]);
});
