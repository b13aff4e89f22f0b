import { describe, expect, test } from 'vitest';
import { isSetApart, ownershipOf } from '../../../../core/domain/members/ownership.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS } from '../order-records.ts';

interface Order {
  readonly user: string | null;
  readonly origin?: string;
  readonly created?: number | null;
  readonly modality?: string;
  readonly status?: number;
}

/** The contributions of orders 1, 2, … in this order. */
function of(...orders: readonly Order[]) {
  const brought = orders.map(({ user, origin = null, created = null, modality = null, status }, index) =>
    brings(index + 1, {
      snapshot: { user_id: user, origin, modality, created_at: created === null ? null : at(created) },
      events: status === undefined ? [] : [event(status, STATUS_OF_CLASS.P)],
    }),
  );
  return Object.assign({}, ...brought);
}
const ids = (found: ReadonlySet<string>) => [...found].sort();

describe('the owner', () => {
  test('is the user of the initial order, however new it is', () => {
    const held = of({ user: 'a', created: 1 }, { user: 'b', origin: 'initial', created: 2 });
    expect(ownershipOf(held)).toMatchObject({ owner: 'b' });
    expect(ids(ownershipOf(held).apart)).toEqual([orderId(1)]);
  });

  test('is the user of the oldest of several initial orders', () => {
    const initial = { origin: 'initial' };
    const held = of({ user: 'a', created: 2, ...initial }, { user: 'b', created: 1, ...initial });
    expect(ownershipOf(held).owner).toBe('b');
  });

  test('is the user of the oldest order if the initial one names none; an order without a time counts as the newest', () => {
    const silent = { user: null, origin: 'initial', created: 1 };
    expect(ownershipOf(of(silent, { user: 'a' }, { user: 'b', created: 3 })).owner).toBe('b');
    expect(ownershipOf(of(silent, { user: 'a' }, { user: 'b' })).owner).toBe('a');
  });

  test('is unknown while no order names a user, and then no order is set apart', () => {
    expect(ownershipOf(of({ user: null }, { user: null }))).toMatchObject({ owner: null });
    expect(ids(ownershipOf(of({ user: null })).apart)).toEqual([]);
  });

  test('sets no order apart that names no user', () => {
    expect(isSetApart(of({ user: 'a', created: 1 }, { user: null }), orderId(2))).toBe(false);
  });
});

describe('test kits', () => {
  const kit = { modality: 'testkit' };

  test('stay together: the newest one names the owner, and the others are noted', () => {
    const held = of(
      { user: 'before', created: 1, status: 1, ...kit },
      { user: 'after', created: 2, status: 5, ...kit },
    );
    const { owner, apart, noted } = ownershipOf(held);
    expect([owner, ids(apart), ids(noted)]).toEqual(['after', [], [orderId(1)]]);
  });

  test('set other orders apart', () => {
    const held = of({ user: 'a', created: 1, ...kit }, { user: 'b', created: 2, modality: 'walk_in_test' });
    expect(ids(ownershipOf(held).apart)).toEqual([orderId(2)]);
  });

  test('are set apart in a transaction that an order of another kind owns', () => {
    const held = of({ user: 'a', created: 1, modality: 'walk_in_test' }, { user: 'b', created: 2, ...kit });
    expect(ids(ownershipOf(held).apart)).toEqual([orderId(2)]);
  });
});
