/** The item of a transaction: its index keys, its content, and the time of its next check. */

import { describe, expect, test } from 'vitest';
import { later, stampOf } from '../../../../core/domain/instant.ts';
import { openOrderKey } from '../../../../core/domain/members/open-order.ts';
import { progressKey } from '../../../../core/domain/redraw/redraw.ts';
import { stateOfResults } from '../../../../core/domain/results/results-review.ts';
import { nextRevision, remarked } from '../../../../core/domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import { UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { resultsReportedAt } from '../../../../core/domain/transaction/reported-results.ts';
import { orderKey, transactionKey } from '../../../../core/store/table-layout.ts';
import { intactStored } from '../../../../core/store/transactions/damaged-transactions.ts';
import { readHeldItem, transactionItem } from '../../../../core/store/transactions/transaction-item.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, STATUS_OF_CLASS } from '../../domain/order-records.ts';
import { emptied } from './emptied.ts';

const of = (status: keyof typeof STATUS_OF_CLASS) =>
  brings(1, {
    snapshot: { origin: 'initial', created_at: at(1) },
    events: [event(1, STATUS_OF_CLASS[status])],
  });
const draft = { id: transactionId(1), contributions: of('P'), departures: {}, after: null };
const first = nextRevision(draft, CLOCKS);
/** A month after the newest fact, when it is active and silent. */
const WANTED = at(1 + 720 * 3_600);

const planned = (check_at: string | null, contributions = draft.contributions, set = {}) =>
  nextRevision({ ...draft, contributions, after: { ...first, check_at } }, CLOCKS, set).check_at;

test('a check is planned for the wanted time, and an earlier one stays', () => {
  expect(first.check_at).toBe(WANTED);
  expect(planned(null)).toBe(WANTED);
  expect(planned(at(5))).toBe(at(5));
  expect(planned('9999')).toBe(WANTED);
});

test('without anything to ask, no check is planned', () => {
  expect(planned(at(5), of('X'))).toBeNull();
  expect(planned(null, of('X'))).toBeNull();
});

test('a check that was made or set plans the next one', () => {
  expect(planned(at(5), draft.contributions, { check_at: null })).toBe(WANTED);
  expect(planned(at(5), draft.contributions, { checked_at: at(1) })).toBe(WANTED);
});

test('an unanswered check waits for its next attempt, whatever arrives, until Junction answers', () => {
  const wanting = { ...first, check_at: at(5) };
  const [soon, afterWanted] = [at(10), later(WANTED, 1)];
  const waiting = (retry_at: string) =>
    remarked(wanting, { unanswered: { count: 1, retry_at }, check_at: null }, CLOCKS);
  expect(waiting(soon).check_at).toBe(WANTED);
  expect(waiting(afterWanted).check_at).toBe(afterWanted);
  const arrived = nextRevision({ ...draft, after: waiting(afterWanted) }, CLOCKS);
  expect(arrived).toMatchObject({ check_at: afterWanted, unanswered: { count: 1 } });
  const answered = remarked(arrived, { unanswered: null }, CLOCKS);
  expect(answered).toMatchObject({ check_at: WANTED, unanswered: null });
  const over = nextRevision({ ...draft, contributions: of('X'), after: waiting(afterWanted) }, CLOCKS);
  expect(over.check_at).toBeNull();
});

test('marks stay until the redraw progresses or they are replaced', () => {
  const open = nextRevision({ ...draft, contributions: of('R') }, CLOCKS);
  const [stale, checkedAt] = [flagged(open), at(3_700)];
  expect(stale.marks.stale_since).not.toBeNull();
  const checked = remarked(stale, { checked_at: checkedAt }, CLOCKS);
  expect(checked).toMatchObject({ marks: stale.marks, checked_at: checkedAt, revision: 3 });
  expect(remarked(checked, { marks: UNMARKED }, CLOCKS)).toMatchObject({
    marks: UNMARKED,
    checked_at: checkedAt,
  });
  const moved = nextRevision({ ...checked, contributions: of('C'), after: checked }, CLOCKS);
  expect(moved.marks).toEqual(UNMARKED);
});

/** An id of the second of the two buckets. */
const ID = '7a05beef-0000-4000-8000-000000000001';
const stored = (contributions: ReturnType<typeof brings>) =>
  nextRevision({ ...draft, id: ID, contributions }, CLOCKS);

function flagged(transaction: StoredTransaction): StoredTransaction {
  const progress = transaction.redraw && progressKey(transaction.redraw);
  return remarked(transaction, { marks: { ...UNMARKED, progress, stale_since: at(3_601) } }, CLOCKS);
}

function stalled(transaction: StoredTransaction): StoredTransaction {
  const progress = transaction.open_order && openOrderKey(transaction.open_order);
  const marks = { ...UNMARKED, progress, stale_since: at(31 * 86_400) };
  return remarked(transaction, { marks }, CLOCKS);
}

const key = (instant: string) => `${stampOf(instant)}#00000001`;
const ended = { s_pk: 'STATUS#completed#1', s_sk: key(at(1)) };
const active = { ...ended, s_pk: 'STATUS#active#1' };
const checked = { k_pk: 'CHECK#1', k_sk: key(WANTED) };
/** The missing markers are to be asked for at once. */
const asking = { ...active, ...checked, k_sk: ended.s_sk };
const due = { d_pk: 'DUE#1', d_sk: key(at(3_601)) };
const orderDue = { d_pk: 'ORDER_DUE#1', d_sk: key(at(30 * 86_400 + 1)) };
const timeless = { s_pk: active.s_pk, s_sk: '000000000000#00000001' };
const clientUser = { user_id: 'kim', client_user_id: ' %Clinic#-%#7\t' };
const kims = { u_pk: 'USER#kim', u_sk: `#${key(at(2))}` };
const clinics = { c_pk: 'CLIENT#%clinic#', c_sk: `-%25%237#${key(at(2))}` };

// Written out: with other names, stored items would not be found.
describe.each<[string, StoredTransaction, object]>([
  ['in progress', stored(of('P')), { ...active, ...orderDue }],
  [
    'with a stalled order',
    stalled(stored(of('P'))),
    { ...active, ...checked, ...orderDue, d_pk: 'STALLED#1' },
  ],
  ['ended', stored(of('C')), ended],
  ['with an open redraw', stored(of('R')), { ...asking, ...due }],
  ['with a flagged redraw', flagged(stored(of('R'))), { ...asking, ...due, d_pk: 'STALE#1' }],
  [
    'with an ended redraw',
    stored({
      ...of('R'),
      ...brings(2, { snapshot: { origin: 'redraw' }, events: [event(2, STATUS_OF_CLASS.C)] }),
    }),
    ended,
  ],
  [
    'with a user and a client user',
    stored(brings(1, { clientUser, events: [event(2, STATUS_OF_CLASS.C)], snapshot: { user_id: 'kim' } })),
    {
      ...kims,
      ...clinics,
      s_pk: ended.s_pk,
      s_sk: key(at(2)),
    },
  ],
  ['with an open redraw of unknown time', stored(brings(1, { snapshot: { origin: 'redraw' } })), timeless],
  ['without any time', stored(brings(1)), timeless],
])('a transaction %s', (_, transaction, keys) => {
  test('is in the indexes that list it, and in no other', () => {
    const attributes = Object.entries(transactionItem(transaction));
    const { r_sk, r_pk, ...others } = Object.fromEntries(attributes.filter(([name]) => /_[ps]k$/.test(name)));
    expect(others).toEqual(keys);
    // Results of an unknown time have that of the newest fact.
    const at = resultsReportedAt(transaction);
    expect([r_pk, r_sk]).toEqual(at === null ? [undefined, undefined] : ['RESULTS#1', key(at)]);
  });

  test('is read as it was written', () => {
    expect(intactStored(transactionItem(transaction))).toEqual(transaction);
  });
});

test('reviewed results are in a partition of their own, until others replace them', () => {
  const reported = stored(of('C'));
  const by = { by: 'carla', at: at(9), caller: { subject: 'carla', client_id: 'page', name: null } };
  const review = { of: stateOfResults(reported.orders), ...by };
  const partition = (held: StoredTransaction) => transactionItem(held).r_pk;
  expect(partition({ ...reported, review })).toBe('REVIEWED#1');
  expect(partition({ ...reported, review: { ...review, of: 'others' } })).toBe('RESULTS#1');
  expect(intactStored(transactionItem({ ...reported, review }))).toEqual({ ...reported, review });
});

test('a check that the sweep makes anyway, because the transaction is due before, is in no list', () => {
  const redraw = stored(of('R'));
  const at = (check_at: string) => transactionItem({ ...redraw, check_at });
  const due_at = redraw.redraw?.due_at ?? '';
  expect(at(due_at)).not.toHaveProperty('k_sk');
  expect(at(later(due_at, 1))).not.toHaveProperty('k_sk');
  expect(at(later(due_at, -1))).toMatchObject({ k_pk: 'CHECK#1', k_sk: key(later(due_at, -1)) });
  // Without a key for Junction's API, the sweep asks nothing when a redraw is due, and looks at corrections all the same.
  const [[id, contribution] = ['']] = Object.entries(redraw.contributions);
  const contributions = { [id]: { ...contribution, ahead_at: due_at } };
  const ahead = { ...redraw, contributions, check_at: due_at } as StoredTransaction;
  expect(transactionItem(ahead)).toMatchObject({ k_pk: 'CORRECTION#1', k_sk: key(due_at) });
});

test('an emptied transaction is in no index, and only writers read it', () => {
  const item = transactionItem(emptied(first));
  expect(Object.keys(item).filter((name) => /_[ps]k$/.test(name))).toEqual([]);
  expect(intactStored(item)).toBeNull();
  expect(readHeldItem(item)).toEqual(emptied(first));
});

test.each([
  [{ pk: 7, sk: 7, revision: 1 }],
  [{ ...orderKey('x'), revision: 1 }],
  [{ ...transactionKey('x'), revision: '1' }],
])('%j is not a transaction', (item) => {
  expect(() => intactStored(item)).toThrow(`cannot be read: `);
});

test('what its orders report about each other is read as it was written', () => {
  const [one, other] = [1, 2].map((n) => Object.keys(brings(n))[0] ?? '');
  const fact = (order_id = '', status: string | null = 'ordered', seconds = 3) => ({
    order_id,
    status,
    status_at: at(seconds),
    origin: 'redraw',
    parent_id: one ?? null,
    created_at: at(2),
  });
  const report = (orders: Record<string, string | null>) => ({ status: 'active', orders });
  const reports = [
    report({ [one ?? '']: at(1), [other ?? '']: at(3) }),
    report({ [one ?? '']: at(1), [other ?? '']: at(9) }),
    report({ [one ?? '']: null, elsewhere: at(9) }),
    { ...report({ [other ?? '']: at(3) }), status: null },
  ];
  const siblings = [fact(other), fact(other, 'redraw_available', 2), fact(other, null), fact('elsewhere')];
  for (const reported of reports) {
    const contributions = {
      ...brings(1, {
        snapshot: { origin: 'initial', report: reported },
        events: [event(1, STATUS_OF_CLASS.R)],
        siblings,
      }),
      ...brings(2, {
        snapshot: { origin: 'redraw', parent_id: one ?? null, created_at: at(2) },
        events: [event(3, 'received.walk_in_test.ordered')],
      }),
    };
    const transaction = nextRevision({ ...draft, contributions, heardAt: at(4) }, CLOCKS);
    expect(readHeldItem(transactionItem(transaction))).toEqual(transaction);
  }
});

test('equal reports are stored alike, whatever the order of their orders', () => {
  const [one, other] = [1, 2].map((n) => Object.keys(brings(n))[0] ?? '');
  const stored = (orders: [string | undefined, string][]) => {
    const report = { status: 'active', orders: Object.fromEntries(orders) };
    const contributions = {
      ...brings(1, { snapshot: { origin: 'initial', report }, events: [event(1, STATUS_OF_CLASS.R)] }),
      ...brings(2, { events: [event(3, 'received.walk_in_test.ordered')] }),
    };
    return transactionItem(nextRevision({ ...draft, contributions, heardAt: at(4) }, CLOCKS));
  };
  const orders: [string | undefined, string][] = [
    [one, at(8)],
    [other, at(9)],
  ];
  expect(stored(orders)).toEqual(stored(orders.toReversed()));
});
