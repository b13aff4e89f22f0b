/** The owner of a transaction and the follow-up: what progress, a critical result and a move do to them. */
import { expect, test } from 'vitest';
import type { DomainEvent } from '../../../../core/domain/events/domain-events.ts';
import { later } from '../../../../core/domain/instant.ts';
import type { RequestRefused } from '../../../../core/domain/request-refused.ts';
import { followUpAt, isPostponed } from '../../../../core/domain/worklist/postponed.ts';
import { addNote } from '../../../../core/use-cases/handling/add-note.ts';
import { assign, unassign } from '../../../../core/use-cases/handling/assign.ts';
import {
  criticalResult,
  event,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { acknowledged, DAY, DOCTOR, flagged, NURSE } from '../sweep/scene/flagged-redraw.ts';
import {
  INITIAL,
  ORDERED,
  ORDERED_AT,
  REDRAW,
  REQUISITION,
  redrawAt,
  TRANSACTION,
} from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';

const NOW = march(6, '12:00:00');
const NEXT_WEEK = march(13);

const assigned = (tracker: Tracker, followUpAt: string | null = NEXT_WEEK, id = TRANSACTION) =>
  assign(tracker.projection, id, { ...DOCTOR, assignee: 'nurse@example.com', followUpAt }, new Date(NOW));
const refusal = (error: unknown) => (error as Error).message;
const kind = (error: unknown) => (error as RequestRefused).kind;
const current = async (tracker: Tracker) =>
  (await tracker.transaction(TRANSACTION)) ?? expect.fail('it is gone');
const changes = ({ events }: Tracker) => events.filter(({ type }) => type === 'Assignment Changed');
const owners = (events: readonly DomainEvent[]) =>
  events.map(({ detail }) => (detail as { assignment?: { assignee: string | null } }).assignment?.assignee);

test('a follow-up postpones a redraw until its time, and repeating it changes nothing', async () => {
  const tracker = await flagged();
  const first = await assigned(tracker);
  expect(await assigned(tracker)).toEqual(first);
  expect(first.marks.stale_since).toBe(later(ORDERED_AT, DAY));
  expect([isPostponed(first, NOW), isPostponed(first, NEXT_WEEK)]).toEqual([true, false]);
  expect(changes(tracker)).toHaveLength(1);
});

test('progress keeps the owner and ends the follow-up', async () => {
  const tracker = await flagged();
  await assigned(tracker);
  await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(7));
  const stored = await current(tracker);
  expect(stored.assignment).toMatchObject({ assignee: 'nurse@example.com' });
  expect([followUpAt(stored), isPostponed(stored, march(7))]).toEqual([null, false]);
});

test('the sweep flags a postponed redraw when it is due', async () => {
  const tracker = await flagged();
  await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(7));
  await assign(
    tracker.projection,
    TRANSACTION,
    { ...DOCTOR, assignee: 'x', followUpAt: march(30) },
    new Date(march(7)),
  );
  expect(await tracker.sweep(march(20))).toMatchObject({ flagged: 1 });
});

test('a critical result brings a postponed redraw back, and does not let one be postponed', async () => {
  const tracker = await flagged();
  await assigned(tracker);
  // Of the initial order, so that the redraw does not progress by it.
  const { event_type, data } = criticalResult(2, march(6, '13:00:00')) as Record<string, object>;
  await tracker.deliver({ event_type, data: { ...data, order_id: INITIAL } }, march(6, '13:00:01'));
  expect(isPostponed(await current(tracker), march(7))).toBe(false);
  expect(await assigned(tracker, march(14)).catch(refusal)).toMatch(/critical result that nobody has ackn/);
  // The owner can still change, with the follow-up as it is.
  expect((await assigned(tracker, null)).assignment).toMatchObject({ follow_up: null });
});

test.each([
  [NOW, /in the past/],
  [later(NOW, 91 * DAY), /more than 90 days/],
])('a follow-up at %s is refused, and nothing changes', async (at, why) => {
  const tracker = await flagged();
  const before = await current(tracker);
  expect(await assigned(tracker, at).catch(refusal)).toMatch(why);
  expect(await assigned(tracker, at).catch(kind)).toBe('invalid');
  expect(await current(tracker)).toEqual(before);
});

test('a follow-up of an order waits until the order is stalled, and its progress ends it', async () => {
  const tracker = new Tracker();
  const order = (events: Json[]) => walkIn(1, events, { order_transaction: transaction(1, 'active', []) });
  const ordered = event(1, 'ordered', march(1));
  await tracker.deliver(order([ordered]), march(1, '10:00:00'));
  const plan = (at: string | null, now: string) =>
    assign(tracker.projection, transactionId(1), { ...DOCTOR, assignee: 'x', followUpAt: at }, new Date(now));
  expect(await plan(NEXT_WEEK, march(2)).catch(refusal)).toMatch(/The order is not stalled/);
  expect((await plan(null, march(2))).assignment).toMatchObject({ assignee: 'x', follow_up: null });
  expect(await tracker.sweep(march(4))).toMatchObject({ orders: { flagged: 1 } });
  expect(followUpAt(await plan(NEXT_WEEK, march(4)))).toBe(NEXT_WEEK);
  await tracker.deliver(order([ordered, event(2, 'requisition_created', march(5))]), march(5));
  const progressed = (await tracker.transaction(transactionId(1))) ?? expect.fail('it is gone');
  expect([progressed.assignment?.assignee, followUpAt(progressed)]).toEqual(['x', null]);
  expect(await plan(march(14), march(6)).catch(refusal)).toMatch(/once it is stalled/);
});

test('allows a follow-up of an open decision, but not of a recorded one', async () => {
  const tracker = await flagged();
  await tracker.deliver(redrawAt([ORDERED, ['cancelled', march(6)]]), march(6));
  expect(followUpAt(await assigned(tracker))).toBe(NEXT_WEEK);
  await acknowledged(tracker);
  expect(await assigned(tracker, march(14)).catch(refusal)).toMatch(/no open decision/);
});

test('a follow-up of a transaction with nothing to do is refused, an owner is not', async () => {
  const tracker = await flagged();
  await tracker.deliver(redrawAt([ORDERED, ['completed', march(6)]]), march(6));
  expect(await assigned(tracker).catch(refusal)).toMatch(/no open redraw/);
  expect((await assigned(tracker, null)).assignment).toMatchObject({ assignee: 'nurse@example.com' });
});

test('the owner is removed once, and the events say who owned it', async () => {
  const tracker = await flagged();
  await assigned(tracker);
  for (const _ of [1, 2]) await unassign(tracker.projection, TRANSACTION, NURSE, new Date(march(7)));
  expect(owners(changes(tracker))).toEqual(['nurse@example.com', null]);
  expect(changes(tracker)[1]?.detail).toMatchObject({ previous_assignee: 'nurse@example.com' });
});

test('an order brings its owner and the last contact to the transaction that it moves to, once', async () => {
  const tracker = new Tracker();
  await tracker.deliver(redrawAt([ORDERED], { order_transaction: null }), march(5, '10:00:06'));
  await assigned(tracker, null, REDRAW);
  const call = { ...NURSE, kind: 'unreachable', text: null, withdraws: null, key: null } as const;
  await addNote(tracker.projection, REDRAW, call, new Date(NOW));
  await tracker.deliver(redrawAt([ORDERED], { updated_at: march(8) }), march(9));
  expect(await current(tracker)).toMatchObject({
    assignment: { assignee: 'nurse@example.com' },
    contact: { kind: 'unreachable' },
  });
  await unassign(tracker.projection, TRANSACTION, NURSE, new Date(march(10)));
  await tracker.deliver(redrawAt([ORDERED, REQUISITION]), march(11));
  expect((await current(tracker)).assignment).toMatchObject({ assignee: null });
});
