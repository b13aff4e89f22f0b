import { describe, expect, test } from 'vitest';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import {
  type NamedTransaction,
  type RegistrationRequest,
  registrationVerdict,
} from '../../../../core/domain/order/registration.ts';
import { at, brings, claiming, record, sibling, transactionFrom } from '../order-records.ts';

const saying = (fields: Partial<RegistrationRequest> = {}): RegistrationRequest => ({
  transaction_id: 't1',
  user_id: null,
  client_user_id: null,
  ...fields,
});
const registered = (fields: Partial<RegistrationRequest> = {}) => ({ ...saying(fields), at: at(1) });

const UNKNOWN: NamedTransaction = { user_id: null, team_id: null };
const verdict = (known: OrderRecord | null, fields: Partial<RegistrationRequest> = {}, named = UNKNOWN) =>
  registrationVerdict(known, saying(fields), named, at(9));
const contradiction = (why: string) => ({ kind: 'contradiction', why });

test('an unknown order is registered as requested, at the current time', () => {
  const said = { user_id: 'u', client_user_id: 'c' };
  expect(verdict(null, said)).toEqual({ kind: 'news', registered: { ...saying(said), at: at(9) } });
});

describe('an earlier registration', () => {
  const said = { user_id: 'u', client_user_id: 'c' };
  const known = record(1, {
    snapshot: null,
    ...claiming({ registered: 't1' }),
    registered: registered(said),
  });

  test('is recognized when it is repeated', () => {
    expect(verdict(known, said)).toEqual({ kind: 'known' });
  });

  test.each([{ user_id: 'v' }, {}, { transaction_id: 't2' }])('is replaced as a whole by %o', (later) => {
    expect(verdict(known, later)).toEqual({ kind: 'news', registered: { ...saying(later), at: at(9) } });
  });

  test('is never replaced by one that would count as earlier', () => {
    const ahead = { ...known, registered: { ...registered(), at: at(20) } };
    expect(verdict(ahead, { transaction_id: 't2' })).toMatchObject({ registered: { at: at(20) } });
  });
});

describe('a contradiction', () => {
  const CLAIMS = [['own'], ['listed']] as const;
  test.each(CLAIMS)('is a transaction other than the one that the %s claim names', (source) => {
    const known = record(1, claiming({ [source]: 't1', registered: 't2' }));
    expect(verdict(known, { transaction_id: 't2' })).toEqual(
      contradiction('Junction reports that the order belongs to a different transaction.'),
    );
    expect(verdict(known).kind).toBe('news');
  });

  const reported = record(1, {
    snapshot: { user_id: 'u', team_id: 'team' },
    ...claiming({ own: 't1' }),
    clientUser: { user_id: 'u', client_user_id: 'c' },
  });

  test('is a user or client user other than Junction reports', () => {
    expect(verdict(reported, { user_id: 'v' })).toEqual(
      contradiction('Junction reports that the order belongs to a different user.'),
    );
    expect(verdict(reported, { client_user_id: 'd' })).toEqual(
      contradiction('Junction reports a different client_user_id for the user of the order.'),
    );
    expect(verdict(reported, { user_id: 'u', client_user_id: 'c' }).kind).toBe('news');
  });

  test('is a transaction of another user or team than the order', () => {
    const ofOther = contradiction('The transaction belongs to a different user.');
    expect(verdict(null, { user_id: 'u' }, { user_id: 'v', team_id: null })).toEqual(ofOther);
    expect(verdict(reported, {}, { user_id: 'v', team_id: null })).toEqual(ofOther);
    expect(verdict(reported, {}, { user_id: 'u', team_id: 'other' })).toEqual(
      contradiction('The transaction belongs to a different team.'),
    );
    expect(verdict(reported, {}, { user_id: 'u', team_id: 'team' }).kind).toBe('news');
    expect(verdict(null, {}, { user_id: 'v', team_id: 'other' }).kind).toBe('news');
  });

  test('is never an earlier registration, even after reports by Junction', () => {
    const before = { ...reported, registered: registered({ user_id: 'v', client_user_id: 'd' }) };
    expect(verdict(before, { user_id: 'v', client_user_id: 'd' }).kind).toBe('known');
  });

  test('is a registration beyond the maximum number of transactions', () => {
    const claimedBy = Array.from({ length: 50 }, (_, n) => `t${n}`);
    const often = record(1, { claimedBy });
    expect(verdict(often, { transaction_id: 'new' }).kind).toBe('contradiction');
    expect(verdict(often, { transaction_id: 't49' }).kind).toBe('news');
  });
});

describe('in a transaction', () => {
  test('an order that was registered and never reported is awaited since then', () => {
    const transaction = transactionFrom(brings(1, { snapshot: null, registered: registered() }));
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
    ['a creation time', { snapshot: { created_at: at(3) } }],
    ['a report by a sibling', { siblings: [sibling(1, { status: 'ordered', status_at: at(3) })] }],
  ])('it is no longer awaited after %s', (_, more) => {
    expect(transactionFrom(brings(1, { registered: registered(), ...more })).awaited_since).toBeNull();
  });

  test('the earliest time of several counts, and orders never registered do not', () => {
    const late = { snapshot: null, registered: { ...registered(), at: at(7) } };
    const early = { snapshot: null, registered: registered() };
    const never = { snapshot: null };
    expect(transactionFrom(brings(1, late), brings(2, early), brings(3, never)).awaited_since).toBe(at(1));
    expect(transactionFrom(brings(3, never)).awaited_since).toBeNull();
  });
});
