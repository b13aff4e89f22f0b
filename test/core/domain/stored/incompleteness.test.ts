import { describe, expect, test } from 'vitest';
import type { Contributions } from '../../../../core/domain/members/transaction-orders.ts';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import { isWithheld, lastPublished } from '../../../../core/domain/stored/incompleteness.ts';
import { nextRevision, remarked } from '../../../../core/domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS, sibling } from '../order-records.ts';

const MINUTE = 60;
const ID = 'the transaction';

/** The report of an order's payload that lists these orders. */
const lists = (...orders: number[]) => ({
  status: 'active',
  orders: Object.fromEntries(orders.map((n) => [orderId(n), at(1)])),
});

function order(n: number, listed: readonly number[], parts: Partial<OrderRecord> = {}, user = 'anna') {
  const snapshot = { report: lists(...listed), user_id: user };
  return brings(n, { heardAt: at(0), events: [event(1, STATUS_OF_CLASS.P)], ...parts, snapshot });
}

interface Parts {
  readonly departures?: Record<string, number>;
  readonly after?: StoredTransaction;
  readonly heardAt?: string | null;
}

function revision(contributions: Contributions, { departures = {}, after, heardAt = null }: Parts = {}) {
  const id = after?.id ?? ID;
  return nextRevision({ id, contributions, departures, after: after ?? null, heardAt }, CLOCKS);
}

const missingIn = (stored: StoredTransaction) => stored.incomplete?.missing ?? [];

describe('a transaction lacks', () => {
  test('the orders in a report that are not held', () => {
    expect(missingIn(revision(order(1, [1, 3, 2])))).toEqual([orderId(2), orderId(3)]);
    expect(missingIn(revision({ ...order(1, [1, 2]), ...order(2, [1, 2]) }))).toEqual([]);
  });

  test('the orders in the list of an older payload if the newest one has no list', () => {
    const siblings = [sibling(2, { status: 'ordered' })];
    const unlisted = brings(1, { heardAt: at(0), siblings, snapshot: { report: null } });
    expect(missingIn(revision(unlisted))).toEqual([orderId(2)]);
    expect(missingIn(revision(order(1, [1], { siblings })))).toEqual([]);
  });

  test('the order whose list brought another one here, until it comes itself', () => {
    const rank = [at(1), orderId(2), ID].join('|');
    const listed = order(1, [1], {
      claims: { registered: null, listed: { rank, transaction_id: ID }, own: null },
    });
    expect(missingIn(revision(listed))).toEqual([orderId(2)]);
    expect(missingIn(revision({ ...listed, ...order(2, [1, 2]) }))).toEqual([]);
    expect(missingIn(revision(listed, { departures: { [orderId(2)]: 1 } }))).toEqual([]);
  });

  test('the word of an order about which only Junction can say what is true, until it was asked in vain', () => {
    const questionAt = at(7);
    expect(missingIn(revision(order(1, [1], { questionAt })))).toEqual([orderId(1)]);
    expect(missingIn(revision(order(1, [1], { questionAt, isUnconfirmed: true })))).toEqual([]);
  });

  test('neither an order that belongs elsewhere nor one that is set apart', () => {
    expect(missingIn(revision(order(1, [1, 2]), { departures: { [orderId(2)]: 1 } }))).toEqual([]);
    const both = { ...order(1, [1, 2]), ...order(2, [1, 2, 3], {}, 'bert') };
    expect(missingIn(revision(both))).toEqual([]);
    const [apart] = Object.values(order(2, [1, 2], {}, 'bert'));
    expect(
      missingIn(revision({ [orderId(2)]: { ...apart, apart_from: ID } as NonNullable<typeof apart> })),
    ).toEqual([]);
  });

  test('the order whose results decide, until its own payload says that it has completed', () => {
    const heard = [sibling(2, { status: 'completed', status_at: at(5), origin: 'redraw' })];
    const initial = order(1, [1, 2], { events: [event(1, STATUS_OF_CLASS.R)], siblings: heard });
    const redraw = (own: 'P' | 'C') => order(2, [1, 2], { events: [event(2, STATUS_OF_CLASS[own])] });
    expect(missingIn(revision({ ...initial, ...redraw('P') }))).toEqual([orderId(2)]);
    expect(missingIn(revision({ ...initial, ...redraw('C') }))).toEqual([]);
  });
});

describe('an end needs the own words of the orders that decide it', () => {
  const redrawn = (status: string) => [sibling(2, { status, status_at: at(5), origin: 'redraw' })];
  const initial = (siblings: OrderRecord['siblings']) =>
    order(1, [1, 2], { events: [event(1, STATUS_OF_CLASS.R)], siblings });
  const unheard = brings(2);

  test.each(['cancelled', 'lost', 'completed'])('redraw %s', (low) => {
    expect(missingIn(revision({ ...initial(redrawn(low)), ...unheard }))).toEqual([orderId(2)]);
  });

  test('but not of the initial order if its redraw has completed, nor of any order that is in progress', () => {
    const heard = [sibling(1, { status: 'lost', status_at: at(5), origin: 'initial' })];
    const completed = { events: [event(2, STATUS_OF_CLASS.C)], siblings: heard };
    const redraw = order(2, [1, 2], completed);
    const cancelled = order(2, [1, 2], { ...completed, events: [event(2, STATUS_OF_CLASS.X)] });
    const origins = { origin: 'redraw' };
    const of = (one: Contributions) => ({
      [orderId(2)]: { ...one[orderId(2)], ...origins } as NonNullable<Contributions[string]>,
    });
    expect(missingIn(revision({ ...brings(1), ...of(redraw) }))).toEqual([]);
    expect(missingIn(revision({ ...brings(1), ...of(cancelled) }))).toEqual([orderId(1)]);
    expect(missingIn(revision({ ...initial(redrawn('ordered')), ...unheard }))).toEqual([]);
  });
});

describe('what was published before', () => {
  const complete = revision(order(1, [1]));
  const first = revision(order(1, [1, 2]), { after: complete, heardAt: at(60) });

  test('is kept while an order is missing, and the check is fifteen minutes after the last was named', () => {
    expect(first).toMatchObject({ check_at: at(60 + 15 * MINUTE), incomplete: { since: at(60) } });
    const second = revision(order(1, [1, 2, 3]), { after: first, heardAt: at(90) });
    expect(second.check_at).toBe(at(90 + 15 * MINUTE));
    const joined = revision({ ...order(1, [1, 2, 3]), ...order(3, []) }, { after: second, heardAt: at(99) });
    expect(joined.check_at).toBe(at(90 + 15 * MINUTE));
    for (const one of [first, second, joined]) expect(lastPublished(one)).toEqual(lastPublished(complete));
  });

  test('is replaced once nothing is missing or Junction has answered', () => {
    const left = revision(order(1, [1, 2]), { after: first, departures: { [orderId(2)]: 2 } });
    expect(left.incomplete).toBeUndefined();
    const early = remarked(first, { checked_at: at(60 + 15 * MINUTE - 1) }, CLOCKS);
    expect(lastPublished(early)).toEqual(lastPublished(complete));
    const answered = remarked(first, { checked_at: at(60 + 15 * MINUTE) }, CLOCKS);
    expect(answered.incomplete).toEqual({ missing: [orderId(2)], since: at(60), released: true });
    expect(lastPublished(answered)).toMatchObject({ updated_at: answered.updated_at });
  });

  test('is kept again if another order is missing after that', () => {
    const answered = remarked(first, { checked_at: at(60 + 15 * MINUTE) }, CLOCKS);
    const again = revision(order(1, [1, 2, 3]), { after: answered, heardAt: at(5_000) });
    expect(isWithheld(again)).toBe(true);
    expect(lastPublished(again)).toEqual(lastPublished(answered));
  });
});
