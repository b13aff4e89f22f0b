/** A redrive repairs discarded records: in the table, on the bus, and in the bucket. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { isOfKind, orderKey } from '../../../../core/store/table-layout.ts';
import { type RedriveContext, redrive } from '../../../../core/use-cases/redrive.ts';
import { localClientSettings } from '../../../../tools/local/database/client-settings.ts';
import type { Change } from '../../../../tools/verification/memory-table/memory-table.ts';
import { criticalResult, march } from '../../../../tools/verification/oracle/bodies.ts';
import { type Entry, eventBridge, RELEASED, taking } from '../../events/event-bridge.ts';
import { initialAvailable, ORDERED, redrawAt, TRANSACTION } from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';
import { FailureBucket } from './failure-bucket.ts';

/** A bus that rejects the events that `refuses` matches, and records the others. */
async function openBus() {
  const state = { refuses: (_: Entry) => false };
  const taken: string[] = [];
  const { url } = await eventBridge((entries) => {
    if (entries.some(state.refuses)) return { status: 400, body: { __type: 'ValidationException' } };
    taken.push(...entries.map(({ DetailType, Detail }) => `${DetailType} ${JSON.parse(Detail).id}`));
    return taking(entries);
  });
  const client = new EventBridgeClient({ ...localClientSettings(url), maxAttempts: 1 });
  return {
    bus: { client, name: 'the-bus', pause: async () => undefined, ...RELEASED },
    published: () => taken,
    state,
  };
}

/** A redraw that became available, was ordered and became stale, with every change of a transaction. */
async function tracked() {
  const tracker = new Tracker();
  const changes: Change[] = [];
  const follow = tracker.memory.onChange;
  tracker.memory.onChange = (change) => {
    follow(change);
    if (isOfKind('TX', (change.after ?? change.before)?.sk)) changes.push(change);
  };
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  await tracker.deliver(redrawAt([ORDERED]), march(5, '10:00:06'));
  await tracker.sweep(march(7));
  const told = tracker.events.map(({ type, detail }) => `${type} ${detail.id}`);
  return { tracker, changes, told };
}

type Given = Pick<RedriveContext, 'failures' | 'projection' | 'bus'> & Partial<RedriveContext>;

async function run(given: Given) {
  const failed: (string | null)[] = [];
  const report = await redrive({
    watchingSince: async () => null,
    hasTime: () => true,
    beginAt: () => 0,
    onRecord: () => undefined,
    onFailure: (_, item) => void failed.push(item),
    ...given,
  });
  return { ...report, failed };
}

const NOTHING = { waiting: 0, redriven: 0, left: 0, failed: [] };

test('orders are recomputed from their current items', async () => {
  const { tracker: right } = await tracked();
  const failures = await FailureBucket.open();
  const { bus } = await openBus();
  const tracker = new Tracker();
  await tracker.receive(initialAvailable(), march(5, '10:00:01'));
  failures.keep('1', tracker.unprojected);
  await tracker.receive(redrawAt([ORDERED]), march(5, '10:00:06'));
  failures.keep('2', tracker.unprojected.slice(1));
  expect(await tracker.transaction(TRANSACTION)).toBeNull();

  const context = { failures, projection: tracker.projection, bus };
  expect(await run(context)).toEqual({ waiting: 2, redriven: 2, left: 0, failed: [] });
  const [healed, wanted] = [await tracker.transaction(TRANSACTION), await right.transaction(TRANSACTION)];
  expect(healed?.orders).toEqual(wanted?.orders);
  expect(healed?.status).toBe(wanted?.status);
  expect(await failures.keys()).toEqual([]);
  expect(await run(context)).toEqual(NOTHING);
});

test('a change of an order with a critical result is published too, because it can be a record of publish', async () => {
  const failures = await FailureBucket.open();
  const { bus, published } = await openBus();
  const tracker = new Tracker();
  await tracker.receive(criticalResult(2, march(6)), march(6));
  failures.keep('1', tracker.unprojected);
  expect(await run({ failures, projection: tracker.projection, bus })).toMatchObject({
    redriven: 1,
    left: 0,
  });
  expect(published()).toEqual([
    expect.stringMatching(/^Critical Result Reported critical-result:.*:2026-03-06/),
  ]);
  expect(tracker.transactions()).toHaveLength(1);
});

test('each missed event is published once, in order, with its deterministic id', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published } = await openBus();
  failures.keep('1', changes.slice(0, 1));
  failures.keep('2', changes.slice(1));
  const context = { failures, projection: tracker.projection, bus };
  expect(await run(context)).toMatchObject({ waiting: 2, redriven: 2, left: 0 });
  expect(published()).toEqual(told);
  expect(new Set(told).size).toBe(told.length);
  expect(await run(context)).toEqual(NOTHING);
  expect(published()).toEqual(told);
});

test('a record that always fails stays alone, is counted, and delays no other', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published, state } = await openBus();
  failures.write('0', '{"payload": "no event"}');
  const key = failures.keep('1', changes);
  state.refuses = ({ DetailType }) => DetailType === 'Redraw Order Linked';
  const context = { failures, projection: tracker.projection, bus };
  const first = await run(context);
  expect(first).toEqual({ waiting: 2, redriven: 0, left: 2, failed: [null, `TX#${TRANSACTION}`] });
  expect(await failures.itemsIn(key)).toEqual([`TX#${TRANSACTION}`]);

  const before = [...published()];
  expect(before).toHaveLength(2);
  expect(await run(context)).toMatchObject({ waiting: 2, redriven: 0, left: 2 });
  expect(published()).toEqual(before);

  state.refuses = () => false;
  expect(await run(context)).toMatchObject({ waiting: 2, redriven: 1, left: 1, failed: [null] });
  expect([...published()].sort()).toEqual([...told].sort());
  expect(await failures.keys()).toEqual(['aws/lambda/0']);
});

test('a record that no function processes, or that names no readable order, stays', async () => {
  const { tracker } = await tracked();
  const failures = await FailureBucket.open();
  const { bus } = await openBus();
  const strange = { ...orderKey('strange'), version: 'none' };
  tracker.memory.onChange = () => undefined;
  await tracker.memory.client.send(new PutCommand({ TableName: 'memory', Item: strange }));
  failures.keep('1', [{ before: null, after: strange }]);
  failures.keep('2', [{ before: null, after: { pk: 'OTHER#1', sk: 'OTHER' } }]);
  failures.keep('3', [{ before: null, after: orderKey('unknown') }]);
  const context = { failures, projection: tracker.projection, bus };
  expect(await run(context)).toEqual({
    waiting: 3,
    redriven: 1,
    left: 2,
    failed: ['ORDER#strange', 'OTHER#1'],
  });
});

test('a run without enough time leaves the rest to the next one, and records that always fail do not take the time of others forever', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published, state } = await openBus();
  const [first = [], ...others] = changes.map((change) => [change]);
  const poison = failures.keep('1', first);
  for (const [index, records] of others.entries()) failures.keep(String(index + 2), records);
  state.refuses = ({ DetailType }) => DetailType === 'Redraw Available';
  const context = { failures, projection: tracker.projection, bus };
  /** Time for one batch with one record. */
  const short = () => {
    let left = 2;
    return { hasTime: () => left-- > 0 };
  };
  expect(await run({ ...context, ...short() })).toMatchObject({ waiting: changes.length, redriven: 0 });
  for (let waiting = changes.length; waiting > 1; waiting -= 1) {
    const beginAt = () => 1 / waiting;
    expect(await run({ ...context, ...short(), beginAt })).toMatchObject({ waiting, redriven: 1 });
  }
  expect(await failures.keys()).toEqual([poison]);
  state.refuses = () => false;
  await run(context);
  expect(new Set(published())).toEqual(new Set(told));
});

test('a batch that is interrupted by the end of the time keeps the untried records', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published } = await openBus();
  const key = failures.keep('1', changes);
  const context = { failures, projection: tracker.projection, bus };
  let left = 2;
  const cut = await run({ ...context, hasTime: () => left-- > 0 });
  expect(cut).toMatchObject({ waiting: 1, redriven: 0, left: 1, failed: [] });
  expect(await failures.itemsIn(key)).toHaveLength(changes.length - 1);
  await run(context);
  expect(published()).toEqual(told);
});

test('a run that crashes before it has removed anything loses nothing, and the next one repeats the same ids', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published } = await openBus();
  failures.keep('1', changes);
  const context = { failures, projection: tracker.projection, bus };
  failures.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === 'DeleteObjectCommand') throw new Error('gone');
        return next(args);
      },
    { step: 'initialize', name: 'die' },
  );
  expect(await run(context)).toMatchObject({ waiting: 1, redriven: 0, left: 1 });
  failures.client.middlewareStack.remove('die');
  expect(await run(context)).toMatchObject({ waiting: 1, redriven: 1, left: 0 });
  expect(published()).toEqual([...told, ...told]);
});

test('two runs at the same time do no harm', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published, state } = await openBus();
  const key = failures.keep('1', changes);
  state.refuses = ({ DetailType }) => DetailType === 'Redraw Order Linked';
  const context = { failures, projection: tracker.projection, bus };
  await Promise.all([run(context), run(context)]);
  expect(await failures.itemsIn(key)).toHaveLength(1);
  state.refuses = () => false;
  await Promise.all([run(context), run(context)]);
  expect(await failures.keys()).toEqual([]);
  expect(new Set(published())).toEqual(new Set(told));
});

test('a run does not restore a batch that another has repaired in the meantime', async () => {
  const { tracker, changes, told } = await tracked();
  const failures = await FailureBucket.open();
  const { bus, published, state } = await openBus();
  failures.keep('1', changes);
  state.refuses = ({ DetailType }) => DetailType === 'Redraw Order Linked';
  const context = { failures, projection: tracker.projection, bus };
  failures.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'PutObjectCommand') {
          state.refuses = () => false;
          expect(await run(context)).toMatchObject({ redriven: 1, left: 0 });
        }
        return next(args);
      },
    { step: 'initialize' },
  );
  await run(context);
  expect(await failures.keys()).toEqual([]);
  expect(new Set(published())).toEqual(new Set(told));
});
