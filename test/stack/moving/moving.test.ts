/** Moving out of one stack and into another: everything that is stored, and the same answers to every question. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import schema from '../../../docs/export.schema.json' with { type: 'json' };
import openapi from '../../../docs/openapi/openapi.json' with { type: 'json' };
import { SCRIPTS } from '../../../tools/sandbox/journeys/catalogue.ts';
import { journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { criticalResult } from '../../../tools/verification/oracle/bodies.ts';
import { MARKED, patientDataIn } from '../../patient-data.ts';
import { EVERY_FEATURE, type StackProcess, startStack } from '../../stack-process.ts';
import { call } from '../http-call.ts';
import { ALL_SCOPES, QueryClient, token } from '../query/calls.ts';
import { callWebhook, secretOf, signed } from '../webhook/calls.ts';
import { comparable, everyGet, OF_DEPLOYMENT } from './every-get.ts';

const SECRET = secretOf(1);
const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const dataOf = (name: string) => join(place, name);
const file = join(place, 'export.jsonl');
const scripts = SCRIPTS.filter((script, n) => n % 3 === 0 || /review|critical/.test(script));
const redraws = scripts.map((script, seed) =>
  journey(script, seed + 1, { ...MARKED, spelling: 'documented' }),
);

let source: StackProcess;
let target: StackProcess;

beforeAll(async () => {
  const environment = {
    ...EVERY_FEATURE,
    WEBHOOK_SECRET: SECRET,
    // Its answers would change the first stack during the export.
    JUNCTION_API_KEY: 'none',
  };
  source = await startStack({ dataDirectory: dataOf('source'), environment });
  target = await startStack({ dataDirectory: dataOf('target'), environment });
}, 240_000);

afterAll(async () => {
  await Promise.all([source?.stop(), target?.stop()]);
  rmSync(place, { recursive: true, force: true });
});

const SCOPES = `${ALL_SCOPES} messages/read messages/write orders/place appointments/write`;
const clientOf = async ({ url }: StackProcess) => new QueryClient(url, await token(url, SCOPES));

async function hear(payload: object): Promise<void> {
  const body = JSON.stringify(payload);
  const { status } = await callWebhook(source.url, { body, headers: signed(body, { secrets: [SECRET] }) });
  expect(status).toBe(200);
}

const ran = promisify(execFile);

/** Runs a command as a person does. */
async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const options = { env: { PATH: process.env.PATH } };
  try {
    const { stdout, stderr } = await ran(process.execPath, ['bin/redraw-tracker.js', ...args], options);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

const exported = (path = file) => command('export', '--file', path, '--url', source.url);
const loaded = (path = file, { url } = target) => command('import', '--file', path, '--url', url);
const linesOf = (path = file) => readFileSync(path, 'utf8').trimEnd().split('\n');

/** The items by their keys. A set has no order. */
const storedIn = (path: string) =>
  Object.fromEntries(
    linesOf(path)
      .slice(1, -1)
      .map((line) =>
        JSON.parse(line, (name, value) => (name === 'SS' ? (value as string[]).toSorted() : value)),
      )
      .map(({ stored }) => [`${stored.pk.S} ${stored.sk.S}`, stored]),
  );

async function invoke(name: string, event: object): Promise<unknown> {
  const url = `${target.url}/2015-03-31/functions/${name}/invocations`;
  return (await call(url, { method: 'POST', body: JSON.stringify(event) })).json;
}

interface Shown {
  readonly id: string;
  readonly user_id: string | null;
  readonly orders: readonly { readonly id: string }[];
}

/** All that people and Junction did in the first stack. */
async function happen(client: QueryClient): Promise<void> {
  const payloads = redraws.flatMap(({ snapshots }) => snapshots.map(({ payload }) => payload));
  for (const payload of payloads) await hear(payload);
  await hear({ event_type: 'labtest.order.updated', data: { id: 'no id' } });
  let known = '';
  const all = await vi.waitFor(
    async () => {
      const transactions = await client.allTransactions();
      const before = known;
      known = JSON.stringify(transactions);
      expect([transactions.length > scripts.length - 5, known === before]).toEqual([true, true]);
      return transactions;
    },
    { timeout: 60_000, interval: 1_000 },
  );
  const open = all.filter(({ redraw }) => redraw?.state === 'in_progress' || redraw?.state === 'expected');
  const [first, second] = open as unknown as [Shown, Shown];
  const send = async (method: string, path: string, body: object, headers = {}) => {
    const { status, text } = await client.ask(path, { method, body: JSON.stringify(body), headers });
    expect([path, status, status < 300 ? '' : text]).toEqual([path, expect.any(Number), '']);
  };
  await hear(criticalResult(1, '2025-03-02T10:00:00Z'));
  await send('PUT', `/v1/redraws/${first.id}/acknowledgement`, { by: 'olivia', note: 'calls tomorrow' });
  await send('PUT', `/v1/transactions/${second.id}/assignment`, { assignee: 'sam', by: 'olivia' });
  const once = { 'idempotency-key': 'once' };
  await send('POST', `/v1/transactions/${first.id}/notes`, { kind: 'called', by: 'olivia' }, once);
  await send('PUT', `/v1/users/${first.user_id}/message-settings`, { by: 'olivia', consent: { sms: true } });
  const message = { template: 'redraw_available', channel: 'sms', by: 'olivia', why: 'asked for it' };
  await send('POST', `/v1/transactions/${first.id}/messages`, message);
  await send('PUT', `/v1/orders/${'0'.repeat(8)}-0000-4000-8000-000000000001`, {
    order_transaction_id: '11111111-0000-4000-8000-000000000001',
    client_user_id: 'client-1',
  });
}

/** The answers of a stack to everything that can be asked. */
async function answersOf(stack: StackProcess): Promise<Record<string, unknown>> {
  const client = await clientOf(stack);
  const transactions = (await client.allTransactions()) as unknown as Shown[];
  const { json } = await client.ask('/v1/match-reviews?state=closed&limit=100');
  const ids = {
    transactions: transactions.map(({ id }) => id),
    orders: transactions.flatMap(({ orders }) => orders.map(({ id }) => id)),
    users: [...new Set(transactions.flatMap(({ user_id }) => user_id ?? []))],
    reviews: (json as { match_reviews: { id: string }[] }).match_reviews.map(({ id }) => id),
  };
  expect(Object.entries(ids).filter(([, some]) => some.length === 0)).toEqual([]);
  const answers: Record<string, unknown> = {};
  for (const url of everyGet(ids)) answers[url] = comparable(url, await client.ask(url));
  return answers;
}

/** How often the first stack may still change, because a message goes its way. */
const ATTEMPTS = 3;

/** The answers that the export has to bring. Nothing may change from before it until after it. */
async function answersAround(work: () => Promise<void>): Promise<Record<string, unknown>> {
  let before = await answersOf(source);
  for (let attempt = 1; ; attempt += 1) {
    await work();
    const after = await answersOf(source);
    const changed = Object.keys({ ...before, ...after }).filter(
      (url) => !isDeepStrictEqual(before[url], after[url]),
    );
    if (changed.length === 0) return after;
    if (attempt === ATTEMPTS) expect(changed.map((url) => [url, before[url], after[url]])).toEqual([]);
    before = after;
    rmSync(file, { force: true });
  }
}

test('an export that is loaded into an empty stack gives the same answers from every route', async () => {
  await happen(await clientOf(source));
  const wanted = await answersAround(async () => {
    expect(await exported()).toEqual({
      code: 0,
      output: expect.stringContaining(`${file} has everything: `),
    });
  });

  // What another program reads of it.
  const lines = linesOf().map((line) => JSON.parse(line));
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const isValid = ajv.addSchema(openapi, 'openapi/openapi.json').compile(schema);
  for (const line of lines) expect([isValid(line), isValid.errors]).toEqual([true, null]);
  const kinds = new Set(lines.map(({ kind }) => kind));
  for (const { properties } of schema.oneOf) expect(kinds).toContain(properties.kind.const);
  for (const { kind, api } of lines.filter(({ kind }) => kind === 'transaction' || kind === 'order')) {
    expect({ status: 200, body: api }).toEqual(wanted[`/v1/${kind}s/${api.id}`]);
  }
  expect(patientDataIn(readFileSync(file, 'utf8'))).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  // Killed at any place, and continued: every item once.
  const whole = lines.slice(1).map(({ stored }) => JSON.stringify([stored?.pk, stored?.sk]));
  for (const share of [0.001, 0.3, 0.7, 0.999]) {
    const cut = join(place, `cut-${share}.jsonl`);
    writeFileSync(cut, readFileSync(file));
    truncateSync(cut, Math.floor(statSync(file).size * share));
    expect(await loaded(cut)).toEqual({
      code: 2,
      output: expect.stringMatching(/finish it first|no export/),
    });
    expect(await exported(cut)).toMatchObject({ code: 0 });
    expect(
      linesOf(cut)
        .slice(1)
        .map((line) => JSON.parse(line).stored)
        .map((stored) => JSON.stringify([stored?.pk, stored?.sk])),
    ).toEqual(whole);
  }

  // A file with a fault changes nothing.
  const faulty = join(place, 'faulty.jsonl');
  const refusals: [edit: (lines: string[]) => string[], words: RegExp][] = [
    [(all) => all.with(3, '{"kind": "order'), /Line 4 of \S+ is no JSON/],
    [(all) => all.with(3, '{"kind": "order"}'), /Line 4 of \S+ is no item/],
    [(all) => all.toSpliced(3, 1), /items, but its last line says/],
    [(all) => all.with(0, '{"kind": "export"}'), /is no export/],
    [
      (all) => all.with(0, (all[0] ?? '').replace('"form":1', '"form":99')),
      /form 99, and this version stores form 1/,
    ],
  ];
  for (const [edit, words] of refusals) {
    writeFileSync(faulty, `${edit(linesOf()).join('\n')}\n`);
    expect(await loaded(faulty)).toEqual({ code: 2, output: expect.stringMatching(words) });
  }
  expect(await loaded(file, source)).toEqual({ code: 2, output: expect.stringMatching(/is not empty/) });

  // Killed half-way: a part is loaded, and of the next part some items without the position.
  const [first, ...items] = lines.slice(0, -1);
  const stored = items.map((line) => line.stored);
  const about = { file: first.id, form: first.form };
  const half = { ...about, after: 0, items: stored.slice(0, 40), last: false };
  expect(await invoke('load', half)).toEqual({ lines: 40, kept: 0, finished: false });
  expect(await invoke('load', half)).toEqual({ lines: 40, kept: 0, finished: false });
  expect(await loaded()).toEqual({
    code: 0,
    output: expect.stringContaining(`Loaded ${items.length} items.`),
  });
  expect(await loaded()).toMatchObject({ code: 0 });

  const found = await answersOf(target);
  expect(Object.keys(found)).toEqual(Object.keys(wanted));
  for (const [url, answer] of Object.entries(wanted)) expect([url, found[url]]).toEqual([url, answer]);
  expect(Object.keys(wanted).length).toBeGreaterThan(500);
  expect(Object.keys(OF_DEPLOYMENT).length).toBe(5);

  // Nobody is told again: what was loaded is no news.
  const again = join(place, 'again.jsonl');
  await command('export', '--file', again, '--url', target.url);
  expect(storedIn(again)).toEqual(storedIn(file));
  await Promise.all([source.stop(), target.stop()]);
  expect(target.output()).not.toMatch(/Message to /);
  expect(source.output() + target.output()).not.toContain(' DENIED: ');
}, 300_000);
