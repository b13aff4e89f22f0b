import { describe, expect, test } from 'vitest';
import { place, placeApart, type Standing } from '../../../../core/domain/members/standing.ts';
import { brings, event, orderId, STATUS_OF_CLASS } from '../order-records.ts';

const [A, B] = [orderId(1), orderId(2)];

function contribution(n: number, version: number, user: string | null = null, origin: string | null = null) {
  const [brought] = Object.values(
    brings(n, {
      version,
      snapshot: { user_id: user, origin },
      events: [event(version, STATUS_OF_CLASS.P)],
    }),
  );
  if (!brought) throw new Error('nothing brought');
  return brought;
}
const order = (version: number, home: string, formerHomes: readonly string[] = []) => ({
  id: A,
  home,
  formerHomes,
  contribution: contribution(1, version),
});
const holding = (...orders: readonly (readonly [n: number, version: number])[]): Standing => ({
  contributions: Object.fromEntries(orders.map(([n, version]) => [orderId(n), contribution(n, version)])),
  departures: {},
});
const left = (version: number): Standing => ({ contributions: {}, departures: { [A]: version } });

describe('placing an order', () => {
  test('puts it into its home and changes nothing else', () => {
    const held = new Map([['t', holding([2, 1])]]);
    expect(place(order(1, 't'), held)).toEqual(new Map([['t', holding([2, 1], [1, 1])]]));
  });

  test('removes it from its former home, and notes there that it left', () => {
    const held = new Map([['old', holding([1, 1], [2, 1])]]);
    const placed = place(order(2, 't', ['old']), held);
    expect(placed?.get('t')).toEqual(holding([1, 2]));
    expect(placed?.get('old')).toEqual({ ...holding([2, 1]), departures: { [A]: 2 } });
  });

  test('notes the departure even where it was never seen, because a late writer may still put it there', () => {
    expect(place(order(2, 't', ['never']), new Map())?.get('never')).toEqual(left(2));
  });

  test('changes nothing if a newer version has been placed here or elsewhere', () => {
    expect(place(order(1, 't'), new Map([['t', left(2)]]))).toBeNull();
    expect(place(order(1, 't'), new Map([['t', holding([1, 2])]]))).toBeNull();
    expect(place(order(1, 't', ['u']), new Map([['u', holding([1, 2])]]))).toBeNull();
  });

  test('lets it return with a newer version', () => {
    const placed = place(
      order(3, 't', ['u']),
      new Map([
        ['t', left(2)],
        ['u', holding([1, 2])],
      ]),
    );
    expect(placed?.get('t')).toEqual(holding([1, 3]));
    expect(placed?.get('u')).toEqual(left(3));
  });

  test('notes the departure from a transaction whose claim came later and lost', () => {
    const held = new Map([['t', holding([1, 2])]]);
    expect(place(order(3, 't', ['u']), held)?.get('u')).toEqual(left(3));
  });

  test('does not renew a departure while the order stays where it is', () => {
    const held = new Map([
      ['t', holding([1, 2])],
      ['u', left(2)],
    ]);
    expect(place(order(3, 't', ['u']), held)).toEqual(new Map([['t', holding([1, 3])]]));
  });
});

describe('an order of another user', () => {
  const ours = contribution(2, 1, 'a', 'initial');
  const theirs = contribution(1, 5, 'b');
  const mixed: Standing = { contributions: { [A]: theirs, [B]: ours }, departures: {} };

  test('is also in a transaction under its own id', () => {
    const placed = placeApart(new Map([['t', mixed]]), new Map());
    expect(placed.get('t')).toEqual(mixed);
    expect(placed.get(A)).toEqual({
      contributions: { [A]: { ...theirs, apart_from: 't' } },
      departures: {},
    });
  });

  test('leaves that transaction when it is no longer set apart', () => {
    const own: Standing = { contributions: { [A]: { ...theirs, apart_from: 't' } }, departures: {} };
    const together: Standing = {
      contributions: { [A]: contribution(1, 5, 'a'), [B]: ours },
      departures: {},
    };
    const placed = placeApart(
      new Map([['t', together]]),
      new Map([
        ['t', mixed],
        [A, own],
      ]),
    );
    expect(placed.get(A)).toEqual(left(5));
  });

  test('stays there when it moves to another transaction that sets it apart', () => {
    const own: Standing = { contributions: { [A]: { ...theirs, apart_from: 't' } }, departures: {} };
    const there: Standing = { contributions: { [A]: theirs, [B]: ours }, departures: {} };
    const without: Standing = { contributions: { [B]: ours }, departures: { [A]: 5 } };
    const held = new Map([
      ['t', mixed],
      [A, own],
    ]);
    const placed = placeApart(
      new Map([
        ['u', there],
        ['t', without],
      ]),
      held,
    );
    expect(placed.get(A)?.contributions[A]?.apart_from).toBe('u');
  });
});
