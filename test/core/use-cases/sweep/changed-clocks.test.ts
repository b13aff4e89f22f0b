/** A deployment that changes a clock reaches what is open by the next sweep. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { Clocks } from '../../../../core/domain/clocks/clocks.ts';
import { applyClocks } from '../../../../core/use-cases/sweep/apply-clocks.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS, ORDERS_OFF } from '../../../clocks.ts';
import { manyDue } from './scene/many-due.ts';
import { AVAILABLE_AT, initialAt, initialAvailable, TRANSACTION } from './scene/redraw-bodies.ts';
import { instant, Tracker } from './scene/tracker.ts';

const DAY = 86_400_000;
const LATE: Clocks = { ...CLOCKS, noOrder: 7 * DAY };
const unlimited = { remaining: () => 300_000, junction: null };

/** The same table after a deployment with other clocks. */
const deployed = ({ memory }: Tracker, clocks: Clocks) => new Tracker({ memory, clocks });

/** The part of a sweep alone, with time for so many pages. */
async function apply(tracker: Tracker, at: string, pages = Number.POSITIVE_INFINITY): Promise<void> {
  let left = pages;
  const { projection } = tracker;
  const hasTime = () => left-- > 0;
  const onSkip = (id: string, reason: string) => expect.fail(`${id}: ${reason}`);
  await applyClocks({ projection, apis: new Map(), every: 900_000, hasTime, onSkip }, instant(at));
}

const dueTimes = (tracker: Tracker) => tracker.transactions().map(({ redraw }) => redraw?.due_at);

test('a shorter clock: the next sweep flags the redraw', async () => {
  const before = new Tracker({ clocks: LATE });
  await before.deliver(initialAvailable(), AVAILABLE_AT);
  expect((await before.runSweep(march(6), unlimited)).report.flagged).toBe(0);
  const after = deployed(before, CLOCKS);
  expect((await after.runSweep(march(6, '08:15:00'), unlimited)).report.flagged).toBe(1);
  expect(dueTimes(after)).toEqual([march(5, '11:00:00')]);
});

test('a longer clock: the next sweep does not flag the redraw before its new time', async () => {
  const before = new Tracker();
  await before.deliver(initialAvailable(), AVAILABLE_AT);
  const after = deployed(before, LATE);
  expect((await after.runSweep(march(12, '09:59:59'), unlimited)).report.flagged).toBe(0);
  expect(dueTimes(after)).toEqual([march(12, '10:00:00')]);
  expect((await after.runSweep(march(12, '10:00:00'), unlimited)).report.flagged).toBe(1);
});

test('a clock that was off: an open order that was in no list is flagged', async () => {
  const before = new Tracker({ clocks: { ...CLOCKS, orders: ORDERS_OFF } });
  await before.deliver(initialAt([['ordered', march(1)]]), march(1));
  expect((await before.runSweep(march(6), unlimited)).orders.flagged).toBe(0);
  const after = deployed(before, CLOCKS);
  expect((await after.runSweep(march(6, '08:15:00'), unlimited)).orders.flagged).toBe(1);
  expect((await after.transaction(TRANSACTION))?.open_order?.due_at).toBe(march(3));
});

test('a sweep whose time is over continues where it stopped', async () => {
  const tracker = new Tracker();
  await manyDue(tracker, 250);
  const after = deployed(tracker, LATE);
  const moved = () => dueTimes(after).filter((at) => at === march(12, '10:00:00')).length;
  await apply(after, march(6), 1);
  expect(moved()).toBe(100);
  await apply(after, march(6, '08:15:00'), 1);
  expect(moved()).toBe(200);
  await apply(after, march(6, '08:30:00'), 1);
  expect(moved()).toBe(250);
});

test('what an old function still writes during the deployment is reached once it is over', async () => {
  const old = new Tracker();
  const after = deployed(old, LATE);
  await apply(after, march(5));
  await deployed(after, CLOCKS).deliver(initialAvailable(), AVAILABLE_AT);
  expect(dueTimes(after)).toEqual([march(5, '11:00:00')]);
  await apply(after, march(5, '08:14:59'));
  expect(dueTimes(after)).toEqual([march(5, '11:00:00')]);
  await apply(after, march(5, '08:15:00'));
  expect(dueTimes(after)).toEqual([march(12, '10:00:00')]);
});

test('while no clock changes, a sweep reads no list for it and writes nothing', async () => {
  const tracker = new Tracker();
  await tracker.deliver(initialAvailable(), AVAILABLE_AT);
  for (const at of [march(6), march(6, '08:15:00')]) await apply(tracker, at);
  const before = tracker.memory.items;
  const { send } = tracker.memory.client;
  tracker.memory.client.send = ((command: object) => {
    if (command instanceof QueryCommand) expect.fail('a list was read');
    return send(command as never);
  }) as typeof send;
  await apply(tracker, march(7));
  expect(tracker.memory.items).toEqual(before);
});
