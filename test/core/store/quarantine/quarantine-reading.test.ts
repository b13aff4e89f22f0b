/** Quarantined webhooks are listed without bodies, read byte for byte, and store the outcome of a replay. */
import { randomBytes } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  quarantine,
  quarantineKey,
  quarantinePartKey,
} from '../../../../core/store/quarantine/quarantine.ts';
import { storeDismissal } from '../../../../core/store/quarantine/quarantine-dismissal.ts';
import {
  listQuarantined,
  readQuarantined,
  readQuarantinedBody,
  storeReplayOutcome,
} from '../../../../core/store/quarantine/quarantine-reading.ts';
import { countQuarantined, waitingWithReason } from '../../../../core/store/quarantine/quarantine-waiting.ts';
import type { Table } from '../../../../core/store/table.ts';
import { at } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
const ids: string[] = [];
/** A body of three parts. */
const large = randomBytes(900_000);

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  for (const [n, body] of [Buffer.from('first'), large, Buffer.from('last')].entries()) {
    const { id } = await quarantine(table, {
      body,
      reason: `reason ${n}`,
      receivedAt: at(n),
      retentionDays: 1,
    });
    ids.push(id);
  }
});
afterAll(() => engine.close());

const ALL = ['waiting', 'replayed', 'dismissed'] as const;
const gone = '0'.repeat(40);

test('webhooks are listed newest first, page by page', async () => {
  const first = await listQuarantined(table, { limit: 2, after: null }, ALL);
  expect(first.quarantined.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  const second = await listQuarantined(table, { limit: 2, after: first.next }, ALL);
  expect(second.quarantined.map(({ id }) => id)).toEqual([ids[0]]);
  expect(second.next).toBeNull();
});

test('a listed webhook shows neither its body nor its keys', async () => {
  const head = {
    id: ids[1],
    reason: 'reason 1',
    received_at: at(1),
    size: 900_000,
    parts: 3,
    expires_at: Date.parse('2026-03-02T00:00:01Z') / 1_000,
    replayed_at: null,
    message_id: null,
    event_type: null,
    order_id: null,
    order_transaction_id: null,
    user_id: null,
    replay_outcome: null,
    dismissal: null,
  };
  expect(await readQuarantined(table, ids[1] ?? '')).toEqual(head);
  expect((await listQuarantined(table, { limit: 100, after: null }, ALL)).quarantined[1]).toEqual(head);
  expect(await readQuarantined(table, gone)).toBeNull();
});

test('the outcome of a replay is stored for an existing webhook only', async () => {
  await storeReplayOutcome(table, ids[0] ?? '', at(9), 'applied');
  expect(await readQuarantined(table, ids[0] ?? '')).toMatchObject({
    replayed_at: at(9),
    replay_outcome: 'applied',
    reason: 'reason 0',
  });
  await storeReplayOutcome(table, gone, at(9), 'applied');
  expect(await readQuarantined(table, gone)).toBeNull();
  await expect(
    storeReplayOutcome({ ...table, name: `${table.name}-gone` }, ids[0] ?? '', at(9), 'applied'),
  ).rejects.toThrow();
});

test('a body is read completely, byte for byte, or not at all', async () => {
  const [first, second] = await Promise.all(ids.map((id) => readQuarantined(table, id)));
  if (!first || !second) throw new Error('not there');
  expect((await readQuarantinedBody(table, first))?.toString()).toBe('first');
  expect((await readQuarantinedBody(table, second))?.equals(large)).toBe(true);
  const Key = quarantinePartKey(second.id, 2);
  await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
  expect(await readQuarantinedBody(table, second)).toBeNull();
  expect(quarantineKey(second.id).pk).toBe(Key.pk);
});

test('a webhook waits until a replay stores it or somebody deletes it', async () => {
  // The tests above replayed the first.
  const [, second = '', third = ''] = ids;
  expect(await countQuarantined(table)).toBe(2);
  await storeReplayOutcome(table, second, at(10), 'quarantined');
  expect(await countQuarantined(table)).toBe(2);
  await storeReplayOutcome(table, second, at(11), 'duplicate');
  expect(await countQuarantined(table)).toBe(1);
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: quarantineKey(third) }));
  expect(await countQuarantined(table)).toBe(0);
  expect((await listQuarantined(table, { limit: 100, after: null }, ALL)).quarantined).toHaveLength(2);
});

test('a dismissed webhook does not wait, also after a replay that cannot parse it', async () => {
  const { id } = await quarantine(table, {
    body: Buffer.from('a test'),
    reason: 'not JSON',
    receivedAt: at(20),
    retentionDays: 1,
  });
  const dismissal = {
    at: at(21),
    by: 'max',
    caller: { subject: 'max', client_id: null, name: null },
    note: 'test',
  };
  expect(await storeDismissal(table, id, dismissal)).toBe(true);
  expect(await storeDismissal(table, id, { ...dismissal, note: 'other' })).toBe(false);
  expect(await storeDismissal(table, gone, dismissal)).toBe(false);
  const listed = async (state: (typeof ALL)[number]) =>
    (await listQuarantined(table, { limit: 100, after: null }, [state])).quarantined.map((one) => one.id);
  await storeReplayOutcome(table, id, at(22), 'quarantined');
  expect([await countQuarantined(table), await listed('dismissed')]).toEqual([0, [id]]);
  await storeReplayOutcome(table, id, at(23), 'applied');
  expect(await listed('replayed')).toContain(id);
  expect(await readQuarantined(table, id)).toMatchObject({ dismissal, replay_outcome: 'applied' });
});

test('the webhooks that wait with a reason are found past others, a few at a time', async () => {
  const all: string[] = [];
  for (let n = 30; n < 36; n += 1) {
    const body = Buffer.from(`waits ${n}`);
    const reason = n % 2 === 0 ? 'same' : 'other';
    const { id } = await quarantine(table, { body, reason, receivedAt: at(n), retentionDays: 1 });
    if (n % 2 === 0) all.push(id);
  }
  const first = await waitingWithReason(table, 'same', null, 2);
  expect(first.ids).toEqual(all.slice(0, 2));
  expect(await waitingWithReason(table, 'same', first.next, 2)).toEqual({ ids: all.slice(2), next: null });
  expect(await waitingWithReason(table, 'sam', null, 2)).toEqual({ ids: [], next: null });
});
