import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quarantine, quarantineKey } from '../../../../core/store/quarantine/quarantine.ts';
import type { Table } from '../../../../core/store/table.ts';
import { receive } from '../../../../core/use-cases/receive-webhook.ts';
import { enveloped, event, march, walkIn } from '../../../../tools/verification/oracle/bodies.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

const RECEIVED_AT = '2026-03-01T00:00:00.000000Z';
const RETENTION_DAYS = 30;
const MIB = 1_048_576;

let engine: EngineTable;
let table: Table;

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

interface Held {
  readonly head: Record<string, unknown>;
  readonly parts: readonly Record<string, unknown>[];
  readonly body: Buffer;
}

async function held(id: string): Promise<Held> {
  const pages = paginateQuery(
    { client: table.client },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': quarantineKey(id).pk },
    },
  );
  // A page holds one mebibyte, so reading the parts of a large body takes two.
  const items: Record<string, unknown>[] = [];
  for await (const { Items = [] } of pages) items.push(...Items);
  const parts = items.filter(({ sk }) => String(sk).startsWith('PART#'));
  const compressed = Buffer.concat(parts.map(({ body }) => body as Uint8Array));
  return { head: items.find(({ sk }) => sk === 'QUARANTINE') ?? {}, parts, body: gunzipSync(compressed) };
}

const keep = (body: Buffer, reason = 'body: not JSON', receivedAt = RECEIVED_AT) =>
  quarantine(table, { body, reason, receivedAt, retentionDays: RETENTION_DAYS });

describe('an unreadable webhook is stored byte for byte', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a few bytes', Buffer.from('{')],
    ['bytes that are not text', Buffer.from([0, 255, 254, 128, 10, 13])],
    ['a mebibyte that compresses well', Buffer.alloc(MIB, 'a')],
    ['a mebibyte that does not compress', randomBytes(MIB)],
    ['a body that just fits into one part', randomBytes(350_000 - 30)],
    ['a body that just does not fit', randomBytes(350_001)],
  ])('%s', async (_, body) => {
    const { id } = await keep(body);
    const kept = await held(id);
    expect(kept.body.equals(body)).toBe(true);
    expect(kept.head).toMatchObject({
      reason: 'body: not JSON',
      received_at: RECEIVED_AT,
      size: body.length,
      parts: kept.parts.length,
      s_pk: 'QUARANTINE#waiting',
      s_sk: `${RECEIVED_AT}#${id}`,
    });
    const day = Date.parse('2026-03-31T00:00:00Z') / 1_000;
    expect([kept.head, ...kept.parts].map(({ expires_at }) => expires_at)).toEqual(
      Array(kept.parts.length + 1).fill(day),
    );
  });

  test('once, for any number of deliveries', async () => {
    const body = randomBytes(400_000);
    const [first, second] = [
      await keep(body),
      await keep(body, 'another reason', '2026-03-02T00:00:00.000000Z'),
    ];
    expect(second).toEqual(first);
    const kept = await held(first.id);
    expect(kept.head).toMatchObject({ reason: 'body: not JSON', received_at: RECEIVED_AT });
    expect(kept.body.equals(body)).toBe(true);
  });

  test('once, for concurrent deliveries too', async () => {
    const body = randomBytes(1_000);
    const ids = await Promise.all(Array.from({ length: 4 }, () => keep(body)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    expect((await held(ids[0]?.id ?? '')).body.equals(body)).toBe(true);
  });
});

describe('receiving a webhook', () => {
  const now = new Date('2026-06-01T00:00:00Z');
  const take = (body: Buffer | object) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    return receive({ table, quarantine: table, quarantineRetentionDays: RETENTION_DAYS }, bytes, now);
  };

  test('quarantines an unreadable one with the reason', async () => {
    expect(await take({ event_type: 'labtest.order.updated', data: { id: 'x' } })).toEqual({
      outcome: 'quarantined',
      kind: 'unintelligible',
      orderId: null,
      delivery: null,
      unreadable: [],
      reason: 'order.id: not a UUID',
    });
  });

  test.each([
    ['\ud800', 'a lone first half of a character'],
    ['\udfff', 'a lone second half'],
  ])('never stores text that is no text: %j, %s', async (half) => {
    const broken = { ...event(1, 'ordered', march(1)), status: half };
    expect(await take(enveloped(walkIn(7, [broken])))).toMatchObject({ outcome: 'quarantined' });
    for (const field of ['status', 'origin', 'team_id', 'user_id', 'client_user_id']) {
      const body = walkIn(7, [event(1, 'ordered', march(1))], { [field]: half });
      expect((await take(enveloped(body, { client_user_id: 'c' }))).unreadable).toEqual([`order.${field}`]);
    }
  });

  test('quarantines an order that is too large for an item, completely', async () => {
    const events = Array.from({ length: 1_000 }, (_, id) => ({
      id,
      created_at: march(1),
      status: `received.walk_in_test.${'\u{1F9EA}'.repeat(100)}${id}`,
    }));
    const body = Buffer.from(JSON.stringify(enveloped(walkIn(8, events))));
    expect(body.length).toBeLessThan(MIB);
    const received = await take(body);
    expect(received).toMatchObject({
      outcome: 'quarantined',
      kind: 'order',
      reason: expect.stringContaining('too large'),
    });
    expect((await keptIds()).some((kept) => kept.body.equals(body))).toBe(true);
  });

  test('quarantines the delivery that would make a stored order too large, and keeps the order', async () => {
    const batch = (from: number) =>
      Array.from({ length: 1_000 }, (_, index) => ({
        id: from + index,
        created_at: march(1),
        status: `a.b.${'x'.repeat(180)}`,
      }));
    expect(await take(enveloped(walkIn(9, batch(0))))).toMatchObject({ outcome: 'applied' });
    expect(await take(enveloped(walkIn(9, batch(1_000), { updated_at: march(9) })))).toMatchObject({
      outcome: 'quarantined',
    });
    expect(await take(enveloped(walkIn(9, batch(2_000), { updated_at: null })))).toMatchObject({
      outcome: 'quarantined',
    });
    expect(await take(enveloped(walkIn(9, batch(0))))).toMatchObject({ outcome: 'duplicate' });
  });

  test('accepts every valid character', async () => {
    const body = walkIn(10, [event(1, 'ordered', march(1))], {
      origin: 'Zoë \u0000 \u{1F9EA}',
      user_id: '\uffff',
    });
    expect(await take(enveloped(body))).toMatchObject({ outcome: 'applied' });
  });

  test('ignores an untracked event without a request', async () => {
    expect(await take({ event_type: 'daily.data.sleep.created', data: {} })).toMatchObject({
      outcome: 'ignored',
      kind: 'untracked',
    });
  });

  async function keptIds(): Promise<Held[]> {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: 'by_status',
        KeyConditionExpression: 's_pk = :pk',
        ExpressionAttributeValues: { ':pk': 'QUARANTINE#waiting' },
      }),
    );
    return Promise.all(Items.map(({ pk }) => held(String(pk).slice('QUARANTINE#'.length))));
  }
});
