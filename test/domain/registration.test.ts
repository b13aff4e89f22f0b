import { describe, expect, test } from 'vitest';
import { type Registering, registrationVerdict } from '../../core/domain/order/registration.ts';
import { at, brings, record, sibling, transactionFrom } from './order-records.ts';

const saying = (fields: Partial<Registering> = {}): Registering => ({
  transactionId: 't1',
  userId: null,
  clientUserId: null,
  ...fields,
});
const registered = (user_id: string | null = null, client_user_id: string | null = null) => ({
  at: at(1),
  user_id,
  client_user_id,
});

const CONTRADICTIONS = {
  transaction: 'The order is known to belong to another transaction.',
  user: 'The order is known to be of another user.',
  client: 'The order is known to be of a user with another client_user_id.',
};
const contradiction = (of: keyof typeof CONTRADICTIONS) => ({
  kind: 'contradiction',
  why: CONTRADICTIONS[of],
});

describe('an order of which nothing is known', () => {
  test('is registered as it is said, now', () => {
    expect(registrationVerdict(null, saying({ userId: 'u', clientUserId: 'c' }), at(5))).toEqual({
      kind: 'news',
      transactionId: 't1',
      registered: { at: at(5), user_id: 'u', client_user_id: 'c' },
      clientUser: { user_id: 'u', client_user_id: 'c' },
    });
    expect(registrationVerdict(null, saying(), at(5))).toEqual({
      kind: 'news',
      transactionId: 't1',
      registered: { at: at(5), user_id: null, client_user_id: null },
      clientUser: null,
    });
  });
});

describe('what was registered before', () => {
  const known = record(1, {
    snapshot: null,
    transactionIds: ['t1'],
    registered: registered('u', 'c'),
    clientUsers: [{ user_id: 'u', client_user_id: 'c' }],
  });

  test('is known when it is said again, or less of it', () => {
    for (const again of [saying({ userId: 'u', clientUserId: 'c' }), saying({ userId: 'u' }), saying()]) {
      expect(registrationVerdict(known, again, at(9))).toEqual({ kind: 'known' });
    }
  });

  test('keeps its time and gains what a later one adds', () => {
    const bare = record(1, { snapshot: null, transactionIds: ['t1'], registered: registered() });
    expect(registrationVerdict(bare, saying({ userId: 'u' }), at(9))).toMatchObject({
      kind: 'news',
      registered: registered('u'),
      clientUser: null,
    });
    expect(registrationVerdict(bare, saying({ clientUserId: 'c' }), at(9))).toMatchObject({
      kind: 'news',
      registered: registered(null, 'c'),
      clientUser: { user_id: null, client_user_id: 'c' },
    });
    const paired = {
      ...bare,
      registered: registered('u', 'c'),
      clientUsers: [{ user_id: null, client_user_id: 'c' }],
    };
    expect(registrationVerdict(paired, saying({ userId: 'u', clientUserId: 'c' }), at(9)).kind).toBe('news');
    const other = { ...paired, clientUsers: [{ user_id: 'u', client_user_id: 'd' }] };
    expect(registrationVerdict(other, saying({ userId: 'u', clientUserId: 'c' }), at(9)).kind).toBe('news');
  });

  test('is known with one of several client users, and news where only the pair was heard of', () => {
    const pairs = [{ user_id: 'x', client_user_id: 'y' }, ...known.clientUsers];
    const again = saying({ userId: 'u', clientUserId: 'c' });
    expect(registrationVerdict({ ...known, clientUsers: pairs }, again, at(9))).toEqual({ kind: 'known' });
    expect(registrationVerdict({ ...known, registered: registered('u') }, again, at(9))).toMatchObject({
      kind: 'news',
      registered: registered('u', 'c'),
    });
  });

  test('is news again where the transaction was not named, or nothing registered', () => {
    const unnamed = { ...known, transactionIds: [] };
    expect(registrationVerdict(unnamed, saying({ userId: 'u', clientUserId: 'c' }), at(9)).kind).toBe('news');
    const heard = { ...known, registered: null };
    expect(registrationVerdict(heard, saying({ userId: 'u', clientUserId: 'c' }), at(9))).toMatchObject({
      kind: 'news',
      registered: { at: at(9), user_id: 'u', client_user_id: 'c' },
    });
  });
});

describe('a contradiction', () => {
  const known = record(1, {
    snapshot: { user_id: 'u' },
    transactionIds: ['t1'],
    clientUsers: [{ user_id: 'u', client_user_id: 'c' }],
  });

  test('is another transaction than the one the order stands in', () => {
    expect(registrationVerdict(known, saying({ transactionId: 't2' }), at(9))).toEqual(
      contradiction('transaction'),
    );
    const two = { ...known, transactionIds: ['t2', 't1'] };
    expect(registrationVerdict(two, saying({ transactionId: 't2' }), at(9))).toEqual(
      contradiction('transaction'),
    );
    expect(registrationVerdict(two, saying(), at(9)).kind).toBe('news');
  });

  test('is another user, or another client user', () => {
    expect(registrationVerdict(known, saying({ userId: 'v' }), at(9))).toEqual(contradiction('user'));
    expect(registrationVerdict(known, saying({ clientUserId: 'd' }), at(9))).toEqual(contradiction('client'));
    expect(registrationVerdict(known, saying({ userId: 'u', clientUserId: 'c' }), at(9)).kind).toBe('news');
    const nobodys = record(1, { transactionIds: ['t1'] });
    expect(registrationVerdict(nobodys, saying({ userId: 'v', clientUserId: 'd' }), at(9)).kind).toBe('news');
  });

  test('is none where it repeats what was registered, whatever was heard since', () => {
    const moved = { ...known, registered: registered('v', 'd') };
    expect(registrationVerdict(moved, saying({ userId: 'v', clientUserId: 'd' }), at(9)).kind).not.toBe(
      'contradiction',
    );
    expect(registrationVerdict(moved, saying({ userId: 'w' }), at(9))).toEqual(contradiction('user'));
    expect(registrationVerdict(moved, saying({ clientUserId: 'e' }), at(9))).toEqual(contradiction('client'));
  });
});

describe('in a transaction', () => {
  test('a registered order of which nothing was heard is awaited since', () => {
    const order = { snapshot: null, registered: registered() };
    const transaction = transactionFrom(brings(1, order));
    expect(transaction).toMatchObject({
      awaited_since: at(1),
      created_at: at(1),
      updated_at: at(1),
      status: 'active',
    });
  });

  test.each([
    [
      'an event',
      { events: [{ created_at: at(3), position: 0, id: '1', status: 'received.walk_in_test.ordered' }] },
    ],
    ['a status', { snapshot: { status: 'received' } }],
    ['a time of creation', { snapshot: { created_at: at(3) } }],
    ['what a sibling told', { siblings: [sibling(1, { status: 'ordered', status_at: at(3) })] }],
  ])('it is no longer after %s', (_, more) => {
    expect(transactionFrom(brings(1, { registered: registered(), ...more })).awaited_since).toBeNull();
  });

  test('it takes the earliest of several, and none of orders never registered', () => {
    const late = { snapshot: null, registered: { ...registered(), at: at(7) } };
    const early = { snapshot: null, registered: registered() };
    const never = { snapshot: null };
    expect(transactionFrom(brings(1, late), brings(2, early), brings(3, never)).awaited_since).toBe(at(1));
    expect(transactionFrom(brings(3, never)).awaited_since).toBeNull();
  });
});
