/** Every signed body is read or stored: nothing throws, pollutes a prototype or gets lost, and no body takes long. */
import { isUtf8 } from 'node:buffer';
import { Hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { distinctEvents, isListed } from '../../../core/domain/order/order-event.ts';
import { readWebhook, type WebhookMessage } from '../../../core/junction/webhook-message.ts';
import { readOrderItem } from '../../../core/store/orders/order-item.ts';
import { receive } from '../../../core/use-cases/receive-webhook.ts';
import { holdsFor } from '../../../test/property.ts';
import { MemoryTable } from '../memory-table/memory-table.ts';
import { event, listed, march, transaction, walkIn } from '../oracle/bodies.ts';
import type { Json } from '../oracle/reading/spelling.ts';
import { mutatedBody } from './payload-cases.ts';

const FILE = 'tools/verification/fuzz/payload.test.ts';
/** Set to replay one failure. */
const { BODY } = process.env;
const CASES = Number(process.env.CASES ?? 2_500);

/** The numbers of mutated bodies to try. */
const upTo = (count: number) =>
  BODY === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(BODY)];
const replayOf = (number: number) => `replay: BODY=${number} npx vitest run ${FILE}`;

const NOW = new Date('2026-06-01T00:00:00Z');
const RECEIVED_AT = '2026-06-01T00:00:00.000000Z';

const read = (body: Buffer): WebhookMessage => readWebhook(body.toString('utf8'), RECEIVED_AT);

const PROTOTYPES = [Object, Array, String, Number, Boolean, Map, Set, Date, Function].map(
  (one) => one.prototype,
);
const shapeOf = () => PROTOTYPES.map((one) => Reflect.ownKeys(one).length);
const untouched = shapeOf();

const setOf = (facts: readonly unknown[]) =>
  new Set(facts.map((fact) => JSON.stringify(Object.entries(fact as object).sort())));

/** Whether a payload names two different things by one id. A mutation that copies an id makes an example of a webhook. */
function isOneIdRepeated(json: Json): boolean {
  const data = (json.data ?? json) as Json;
  const { id, order_id, user_id = json.user_id, team_id = json.team_id, lab_test } = data;
  const ids = [id, order_id, user_id, team_id, (lab_test as Json | undefined)?.id];
  const named = ids.filter((one) => typeof one === 'string');
  return new Set(named).size < named.length;
}

/** The stored facts of a webhook after it was processed. */
async function expectKept(body: Buffer): Promise<string> {
  const table = new MemoryTable();
  const { outcome, kind } = await receive(
    { table, quarantine: table, quarantineRetentionDays: 90 },
    body,
    NOW,
  );
  const items = [...table.items.values()];
  // Decoded as text, it would be another body than the one that was signed.
  if (!isUtf8(body)) expect(outcome).toBe('quarantined');
  if (outcome === 'quarantined') {
    const parts = items.filter(({ sk }) => String(sk).startsWith('PART#'));
    const kept = gunzipSync(Buffer.concat(parts.map((part) => part.body as Uint8Array)));
    expect(kept.equals(body)).toBe(true);
    return outcome;
  }
  if (outcome === 'ignored') {
    expect(items).toEqual([]);
    const json = JSON.parse(body.toString('utf8'));
    if (kind === 'example') expect(isOneIdRepeated(json)).toBe(true);
    else expect(typeof json.event_type).toBe('string');
    return kind;
  }
  expect(outcome).toBe('applied');
  const message = read(body);
  if (message.kind === 'order') {
    const record = readOrderItem(items[0] ?? {});
    const { facts } = message;
    expect(record.snapshot).toEqual(facts.snapshot);
    // One event that is listed twice counts once.
    const listed = distinctEvents(facts.events);
    expect(setOf(record.events)).toEqual(setOf(listed));
    expect(setOf(record.futureEvents)).toEqual(
      setOf(facts.futureEvents.filter((event) => !isListed(event, listed))),
    );
    expect(setOf(record.siblings)).toEqual(setOf(facts.siblings));
    expect(setOf(record.listings)).toEqual(setOf(facts.listings));
    expect(record.claims.own?.transaction_id ?? null).toBe(facts.transactionId);
    expect(record.clientUser).toEqual(facts.clientUser);
  }
  return kind;
}

describe('mutated webhooks of the sandbox', () => {
  test('are processed, ignored for their type, or quarantined unchanged, and change no prototype', async () => {
    const seen = new Map<string, number>();
    for (const number of upTo(CASES)) {
      const body = mutatedBody(number);
      const what = await expectKept(body).catch((error: unknown) => {
        throw new Error(replayOf(number), { cause: error });
      });
      seen.set(what, (seen.get(what) ?? 0) + 1);
      expect(shapeOf(), replayOf(number)).toEqual(untouched);
    }
    if (BODY !== undefined) return;
    // Otherwise the mutations would be too mild or too wild to show anything.
    expect(seen.get('order')).toBeGreaterThan(CASES / 10);
    expect(seen.get('quarantined')).toBeGreaterThan(CASES / 10);
    expect(seen.get('untracked')).toBeGreaterThan(0);
  });

  test('have the same outcome when they are repeated, and are quarantined once', async () => {
    for (const number of upTo(CASES / 4)) {
      const table = new MemoryTable();
      const take = () =>
        receive({ table, quarantine: table, quarantineRetentionDays: 90 }, mutatedBody(number), NOW);
      const first = await take();
      const items = table.items;
      const { outcome } = await take();
      const expected = first.outcome === 'applied' ? 'duplicate' : first.outcome;
      expect(outcome, replayOf(number)).toBe(expected);
      expect(table.items, replayOf(number)).toEqual(items);
    }
  });
});

test('random bytes are quarantined', async () => {
  await holdsFor(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await expectKept(Buffer.from(bytes))).toBe('quarantined');
    }),
    { numRuns: 150 },
  );
});

test('any JSON with any event type is quarantined, or ignored for its type', async () => {
  const types = fc.constantFrom(
    'labtest.order.updated',
    'labtest.appointment.created',
    'labtest.result.critical',
    'labtest.match_review.created',
    'daily.data.steps.created',
  );
  await holdsFor(
    fc.asyncProperty(types, fc.jsonValue(), async (event_type, data) => {
      const what = await expectKept(Buffer.from(JSON.stringify({ event_type, data })));
      expect(what).toBe(event_type.startsWith('labtest.') ? 'quarantined' : 'untracked');
    }),
    { numRuns: 250 },
  );
});

/** Counts every access to the value, at any depth. */
function counting(value: unknown, count: { looks: number }): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      count.looks += 1;
      return counting(Reflect.get(target, key, receiver), count);
    },
    has(target, key) {
      count.looks += 1;
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target);
      count.looks += keys.length;
      return keys;
    },
  });
}

/** The number of accesses to a parsed body while it is read, and the amount of digested text. */
function workOf(body: string): { looks: number; digested: number; kind: string } {
  const count = { looks: 0 };
  const digesting = vi.spyOn(Hash.prototype, 'update');
  const parse = JSON.parse;
  JSON.parse = (text: string) => counting(parse(text), count);
  try {
    const { kind } = readWebhook(body, RECEIVED_AT);
    const digested = digesting.mock.calls.reduce((sum, [text]) => sum + String(text).length, 0);
    return { looks: count.looks, digested, kind };
  } finally {
    JSON.parse = parse;
    digesting.mockRestore();
  }
}

describe('the work of reading a mebibyte', () => {
  const MIB = 1_048_576;
  const order = walkIn(1, [event(1, 'ordered', march(1))], {
    order_transaction: transaction(1, 'active', [listed(2, 'ordered', march(1))]),
  });
  const usual = workOf(JSON.stringify(order)).looks;
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const within = (field: string, json: string) =>
    JSON.stringify(order).replace(/^\{/, `{"${field}":${json},`);

  test.each([
    ['deeply nested in an unread field', within('details_of_another_kind', nested(MIB / 2))],
    [
      'deeply nested in place of text',
      within('origin_', nested(10)).replace('"origin":"initial"', `"origin":${nested(400_000)}`),
    ],
    ['a long list in an unread field', within('results', `[${'0,'.repeat(MIB / 2)}0]`)],
    [
      'a list of events that is too long',
      JSON.stringify(order).replace(/"events":\[.*?\]/, `"events":[${'{},'.repeat(MIB / 3)}{}]`),
    ],
    ['a huge text', within('notes', `"${'x'.repeat(MIB)}"`)],
    ['many unread fields', within('a', `1,${Array.from({ length: 80_000 }, (_, n) => `"k${n}":0`).join()}`)],
  ])('%s: equals that of an ordinary order', (_, body) => {
    const { looks, digested } = workOf(body);
    expect(looks).toBeLessThanOrEqual(3 * usual);
    expect(digested).toBeLessThan(10_000);
  });

  test('grows with the read fields only: a thousand events take a thousand times the work of one', () => {
    const events = (length: number) =>
      Array.from({ length }, (_, n) => ({
        id: n,
        created_at: march(1),
        status: `received.walk_in_test.s${n}`,
      }));
    const one = workOf(JSON.stringify(walkIn(1, events(100))));
    const many = workOf(JSON.stringify(walkIn(1, events(1_000))));
    expect(many.kind).toBe('order');
    expect(many.looks).toBeLessThan(11 * one.looks);
    const siblings = (length: number) =>
      walkIn(1, [], {
        order_transaction: transaction(
          1,
          'active',
          Array.from({ length }, (_, n) => listed(n + 2, 'ordered', march(1))),
        ),
      });
    const few = workOf(JSON.stringify(siblings(10)));
    const lots = workOf(JSON.stringify(siblings(90)));
    expect(lots.looks).toBeLessThan(10 * few.looks);
  });

  test('stays small for every body that is refused', () => {
    for (const number of upTo(500)) {
      const body = mutatedBody(number).toString('utf8');
      const { looks } = workOf(body);
      expect(looks, replayOf(number)).toBeLessThan(100 * usual);
    }
  });
});
