import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contributionOf } from '../../../../core/domain/members/contribution.ts';
import { ownershipOf } from '../../../../core/domain/members/ownership.ts';
import type { Contributions } from '../../../../core/domain/members/transaction-orders.ts';
import { cellOf, type InitialClass, type RedrawClass } from '../../../../core/domain/members/truth-table.ts';
import { eventIdentity } from '../../../../core/domain/order/order-event.ts';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import { holdsFor } from '../../../property.ts';
import { anyRecord } from '../arbitrary-orders.ts';
import {
  at,
  brings,
  claiming,
  event,
  orderId,
  STATUS_OF_CLASS,
  sibling,
  transactionFrom,
} from '../order-records.ts';

/** One to three records of orders that may all report about each other. */
const anyRecords = fc
  .uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
  .chain((numbers) => fc.tuple(...numbers.map(anyRecord)));

function contributionsOf(records: readonly OrderRecord[]): Contributions {
  return Object.fromEntries(records.map((one) => [one.id, contributionOf(one)]));
}

const ofNobody = (one: OrderRecord): OrderRecord => ({
  ...one,
  snapshot: one.snapshot && { ...one.snapshot, user_id: null },
});

const isSorted = (texts: readonly string[]) => texts.every((text, index) => text >= (texts[index - 1] ?? ''));

describe('any transaction', () => {
  test('can be computed, and has only valid values', () => {
    holdsFor(
      fc.property(anyRecords, (records) => {
        const found = transactionFrom(contributionsOf(records));
        expect(['active', 'completed', 'cancelled']).toContain(found.status);
        const [initial, redraw] = found.rule.split('/') as [InitialClass, RedrawClass];
        const cell = cellOf(initial, redraw);
        expect(found.rule_source === 'documented').toBe(cell.documented);
        if (found.rule_source !== 'reported') expect(found.status).toBe(cell.status);
        expect(found.status === 'cancelled').toBe(found.outcome === 'cancelled');
        expect(found.status === 'active').toBe(
          ['in_progress', 'redraw_expected', 'redraw_in_progress'].includes(found.outcome),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test('lists every order that is not set apart, ascending by creation, those without a creation time last', () => {
    holdsFor(
      fc.property(anyRecords, (records) => {
        const { orders, created_at, updated_at } = transactionFrom(contributionsOf(records));
        const { apart } = ownershipOf(contributionsOf(records));
        const together = records.map(({ id }) => id).filter((id) => !apart.has(id));
        expect(orders.map(({ id }) => id).toSorted()).toEqual(together.sort());
        expect(isSorted(orders.map((order) => `${order.created_at ?? '~'} ${order.id}`))).toBe(true);
        const times = orders.flatMap((order) => [order.created_at, order.low_level_status_created_at]);
        const known = times.filter((time) => time !== null).sort();
        expect(updated_at).toBe(known.at(-1) ?? null);
        expect(created_at === null).toBe(known.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  test('lists its anomalies sorted, once per code and order, only of its own orders', () => {
    holdsFor(
      fc.property(anyRecords, (records) => {
        const { anomalies, orders, rule } = transactionFrom(contributionsOf(records));
        const keys = anomalies.map((one) => `${one.first_seen_at ?? ''} ${one.code} ${one.order_id}`);
        expect(isSorted(keys)).toBe(true);
        expect(new Set(anomalies.map((one) => `${one.code}|${one.order_id}`)).size).toBe(anomalies.length);
        const ids = orders.map(({ id }) => id);
        for (const { code, order_id } of anomalies) {
          if (code !== 'different_user') expect(ids).toContain(order_id);
        }
        const [initial, redraw] = rule.split('/') as [InitialClass, RedrawClass];
        const uncalled = anomalies.filter(({ code }) => /^redraw_(without|of)_redraw/.test(code));
        expect(uncalled.length).toBe(cellOf(initial, redraw).anomalous ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on the order of its contributions', () => {
    const twoWays = anyRecords.chain((records) =>
      fc.tuple(
        fc.constant(records),
        fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
      ),
    );
    holdsFor(
      fc.property(twoWays, ([records, again]) => {
        expect(transactionFrom(contributionsOf(again))).toEqual(transactionFrom(contributionsOf(records)));
      }),
      { numRuns: 300 },
    );
  });

  test('does not change when another order repeats a fact', () => {
    holdsFor(
      fc.property(anyRecords, (records) => {
        // The reports of an order that is set apart count only if another order repeats them.
        const [first, ...others] = records.map(ofNobody);
        if (!first) return;
        // An order reports more about itself than others do, so that would be news.
        const about = (one: OrderRecord) => first.siblings.filter((fact) => fact.order_id !== one.id);
        const repeated = others.map((one) => ({ ...one, siblings: [...one.siblings, ...about(one)] }));
        const { orders } = transactionFrom(contributionsOf([first, ...others]));
        expect(transactionFrom(contributionsOf([first, ...repeated])).orders).toEqual(orders);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the status of an order', () => {
  const ofOrder = (n: number, ...contributions: Contributions[]) =>
    transactionFrom(...contributions).orders.find(({ id }) => id === orderId(n));
  const silent = brings(1, { snapshot: null });
  const own = (second: number, status: string) => brings(1, { events: [event(second, status)] });
  const heard = (second: number | null, status: string) =>
    brings(2, { siblings: [sibling(1, { status, status_at: second === null ? null : at(second) })] });

  test('is the newer one, of its own or reported by others', () => {
    expect(ofOrder(1, own(1, STATUS_OF_CLASS.C), heard(2, 'ordered'))).toMatchObject({
      status: null,
      low_level_status: 'ordered',
      low_level_status_created_at: at(2),
    });
    expect(ofOrder(1, own(2, STATUS_OF_CLASS.P), heard(1, 'completed'))).toMatchObject({
      status: 'received',
      low_level_status: 'requisition_created',
    });
  });

  test('is the later stage if the times are equal', () => {
    expect(ofOrder(1, own(1, STATUS_OF_CLASS.C), heard(1, 'cancelled'))).toMatchObject({
      low_level_status: 'cancelled',
    });
    expect(ofOrder(1, own(1, STATUS_OF_CLASS.C), heard(1, 'ordered'))).toMatchObject({
      low_level_status: 'completed',
    });
  });

  test('is its own if times and stages are equal', () => {
    expect(ofOrder(1, own(1, 'failed.walk_in_test.lost'), heard(1, 'sample_error'))).toMatchObject({
      status: 'failed',
      low_level_status: 'lost',
    });
  });

  test('is the greater text if two other orders report the same time and stage', () => {
    const both = [
      sibling(1, { status: 'lost', status_at: at(1) }),
      sibling(1, { status: 'sample_error', status_at: at(1) }),
    ];
    for (const siblings of [both, both.toReversed()]) {
      expect(ofOrder(1, silent, brings(2, { siblings }))).toMatchObject({ low_level_status: 'sample_error' });
    }
  });

  test('counts least without a time', () => {
    expect(ofOrder(1, own(1, STATUS_OF_CLASS.P), heard(null, 'cancelled'))).toMatchObject({
      low_level_status: 'requisition_created',
    });
  });

  test('is reported by others if its own record has none', () => {
    const told = sibling(1, { origin: 'redraw', parent_id: orderId(2), created_at: at(5), status_at: at(5) });
    const older = sibling(1, {
      origin: 'initial',
      parent_id: orderId(3),
      created_at: at(6),
      status_at: at(4),
    });
    const listing = brings(2, { siblings: [older, told] });
    expect(ofOrder(1, silent, listing)).toMatchObject({
      origin: 'redraw',
      parent_id: orderId(2),
      created_at: at(5),
    });
    expect(ofOrder(1, brings(1, { snapshot: { origin: 'recreation' } }), listing)).toMatchObject({
      origin: 'recreation',
      parent_id: orderId(2),
      created_at: at(5),
    });
  });
});

test('an order has the detail of its own newest event, and none if another order reports a newer status', () => {
  const error = event(3, STATUS_OF_CLASS.F);
  const details = { status_details: { [eventIdentity(error)]: 'sample_hemolyzed' } };
  const failed = brings(1, { events: [event(1, STATUS_OF_CLASS.P), error], snapshot: details });
  const detailOf = (...contributions: Contributions[]) =>
    transactionFrom(...contributions).orders.map(({ status_detail }) => status_detail);
  expect(detailOf(failed)).toEqual(['sample_hemolyzed']);
  const events = [error, event(4, STATUS_OF_CLASS.C)];
  expect(detailOf(brings(1, { events, snapshot: details }))).toEqual([null]);
  const siblings = [sibling(1, { status: 'completed', status_at: at(4) })];
  expect(detailOf(failed, brings(2, { siblings, snapshot: { origin: 'redraw' } }))).toEqual([null, null]);
});

describe('an anomaly is first seen', () => {
  const firstSeen = (...contributions: Contributions[]) =>
    transactionFrom(...contributions).anomalies.map(({ code, first_seen_at }) => [code, first_seen_at]);

  test("at the time of its fact, otherwise of its order's creation or last report, otherwise of any fact", () => {
    const claims = claiming({ own: 'a', registered: 'b' });
    const conflict = (second: number | null) => [
      ['transaction_conflict', second === null ? null : at(second)],
    ];
    const events = [event(5, STATUS_OF_CLASS.P)];
    const other = brings(2, { snapshot: { origin: 'recreation', parent_id: orderId(1), created_at: at(7) } });
    expect(firstSeen(brings(1, { ...claims, events, snapshot: { created_at: at(1) } }))).toEqual(conflict(1));
    expect(firstSeen(brings(1, { ...claims, events }))).toEqual(conflict(5));
    expect(firstSeen(brings(1, claims), other)).toEqual(conflict(7));
    expect(firstSeen(brings(1, claims))).toEqual(conflict(null));
  });

  test('at the order in the redraw slot if a redraw was not called for', () => {
    const initial = brings(1, { events: [event(1, STATUS_OF_CLASS.P)], snapshot: { origin: 'initial' } });
    const redraw = (status: keyof typeof STATUS_OF_CLASS) =>
      brings(2, {
        events: [event(4, STATUS_OF_CLASS[status])],
        snapshot: { origin: 'redraw', created_at: at(3) },
      });
    expect(firstSeen(initial, redraw('C'))).toEqual([['redraw_without_redraw_available', at(4)]]);
    expect(firstSeen(initial, redraw('R'))).toEqual([['redraw_of_redraw', at(4)]]);
  });
});

describe('the owner of a transaction', () => {
  const events = [event(1, STATUS_OF_CLASS.P)];

  test('team and client user come from the newest record, and from the greater id if times are equal', () => {
    const of = (n: number, second: number, team_id: string) =>
      brings(n, { events: [event(second, STATUS_OF_CLASS.P)], snapshot: { team_id } });
    expect(transactionFrom(of(1, 1, 'old'), of(2, 2, 'new')).team_id).toBe('new');
    expect(transactionFrom(of(2, 1, 'two'), of(1, 1, 'one')).team_id).toBe('two');
  });

  test('without an own user, the user is the registered one of the newest record', () => {
    const registered = (user_id: string) => ({
      registered: { at: at(1), transaction_id: 't', user_id, client_user_id: 'c' },
      snapshot: null,
    });
    expect(transactionFrom(brings(1, registered('a')), brings(2, registered('b')))).toMatchObject({
      user_id: 'b',
      client_user_id: 'c',
    });
    const own = brings(3, { events, snapshot: { user_id: 'own' } });
    expect(transactionFrom(brings(1, registered('a')), own)).toMatchObject({
      user_id: 'own',
      client_user_id: null,
    });
  });

  test('an order that is set apart does not count, and the anomaly names it', () => {
    const ours = brings(1, { events, snapshot: { origin: 'initial', user_id: 'a', created_at: at(1) } });
    const theirs = brings(2, {
      events: [event(9, STATUS_OF_CLASS.R)],
      siblings: [sibling(1, { status: 'completed', status_at: at(9) })],
      snapshot: { origin: 'redraw', user_id: 'b', team_id: 'other', created_at: at(5) },
      ...claiming({ own: 't', registered: 'u' }),
    });
    const { anomalies, ...mixed } = transactionFrom(ours, theirs);
    const { anomalies: none, ...alone } = transactionFrom(ours);
    expect(mixed).toEqual(alone);
    expect(none).toEqual([]);
    expect(anomalies).toEqual([{ code: 'different_user', order_id: orderId(2), first_seen_at: at(5) }]);
  });
});

test('without orders there is no transaction', () => {
  expect(() => transactionFrom({})).toThrow(RangeError);
});
