/** The worklist that a transaction is in, whether it needs a person, and that its next step says so. */

import { describe, expect, test } from 'vitest';
import { nextStepOf } from '../../../../core/domain/next-step/next-step-of.ts';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import { UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { DECISION_CAUSES } from '../../../../core/domain/transaction/decision.ts';
import { followUpOf } from '../../../../core/domain/transaction/follow-up.ts';
import { type Need, needsOf } from '../../../../core/domain/worklist/needs.ts';
import { worklistEntryOf } from '../../../../core/domain/worklist/worklist-entry.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { person } from '../../../callers.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, STATUS_OF_CLASS } from '../order-records.ts';

type Contributions = ReturnType<typeof brings>;

const stored = (contributions: Contributions) =>
  nextRevision({ id: transactionId(1), contributions, departures: {}, after: null }, CLOCKS);
const initial = (status: keyof typeof STATUS_OF_CLASS) =>
  brings(1, {
    snapshot: { origin: 'initial', created_at: at(1) },
    events: [event(1, STATUS_OF_CLASS[status])],
  });
const withRedraw = (status: keyof typeof STATUS_OF_CLASS) =>
  stored({
    ...initial('R'),
    ...brings(2, { snapshot: { origin: 'redraw' }, events: [event(2, STATUS_OF_CLASS[status])] }),
  });

const OVERDUE = at(99 * 86_400);
const flagged = (transaction: StoredTransaction): StoredTransaction => ({
  ...transaction,
  marks: { ...UNMARKED, progress: followUpOf(transaction)?.key ?? null, stale_since: OVERDUE },
});
const acknowledged = (transaction: StoredTransaction): StoredTransaction => ({
  ...transaction,
  marks: {
    ...UNMARKED,
    progress: followUpOf(transaction)?.key ?? null,
    acknowledgement: { by: 'kim', note: null, at: at(9), caller: person('kim'), stop_messages: false },
  },
});

const OPEN = stored(initial('R'));
const IN_PROGRESS = stored(initial('P'));
const ORDER_DUE = at(30 * 86_400 + 1);

/** Where a situation of the next step belongs. */
const NEED_OF = (situation: string | undefined): string | undefined => {
  if (situation === 'critical_result') return situation;
  if (DECISION_CAUSES.some((cause) => cause === situation)) return 'decision';
  return situation?.startsWith('order_') ? 'stalled_order' : 'overdue_redraw';
};

const critical = (transaction: StoredTransaction): StoredTransaction => ({
  ...transaction,
  contributions: Object.fromEntries(
    Object.entries(transaction.contributions).map(([id, one]) => [id, { ...one, critical: 'open' }]),
  ),
});

describe.each<[string, StoredTransaction, ReturnType<typeof worklistEntryOf>, Need?]>([
  ['an open redraw', OPEN, { list: 'watched_redraws', at: at(3_601) }, 'overdue_redraw'],
  ['a flagged redraw', flagged(OPEN), { list: 'stale_redraws', at: at(3_601) }, 'overdue_redraw'],
  [
    'an acknowledged redraw',
    acknowledged(OPEN),
    { list: 'watched_redraws', at: at(3_601) },
    'overdue_redraw',
  ],
  ['an open redraw without any time', stored(brings(1, { snapshot: { origin: 'redraw' } })), null],
  ['a redraw that completed', withRedraw('C'), null],
  ['a redraw that failed', withRedraw('F'), { list: 'decisions', at: at(2) }, 'decision'],
  ['a failed redraw whose decision was made', acknowledged(withRedraw('F')), null],
  ['an order that failed', stored(initial('F')), { list: 'decisions', at: at(1) }, 'decision'],
  ['a failed order whose decision was made', acknowledged(stored(initial('F'))), null],
  ['an open order', IN_PROGRESS, { list: 'watched_orders', at: ORDER_DUE }],
  ['a stalled order', flagged(IN_PROGRESS), { list: 'stalled_orders', at: ORDER_DUE }, 'stalled_order'],
  ['an open order that nothing is planned for', { ...IN_PROGRESS, order_check_at: null }, null],
  ['an order that ended', stored(initial('C')), null],
])('%s', (_, transaction, entry, need) => {
  test(entry ? `is in the list ${entry.list}` : 'is not in a list', () => {
    expect(worklistEntryOf(transaction)).toEqual(entry);
  });

  test(`needs ${need ?? 'nobody'}, and the next step says so`, () => {
    expect(needsOf(transaction, OVERDUE)).toEqual(need ? [need] : []);
    if (need) expect(NEED_OF(nextStepOf(transaction)?.situation)).toBe(need);
    expect(needsOf(critical(transaction), OVERDUE)).toEqual(['critical_result', ...(need ? [need] : [])]);
    expect(nextStepOf(critical(transaction))?.situation).toBe('critical_result');
  });
});

test('an open redraw needs nobody before it is due', () => {
  expect([needsOf(OPEN, at(3_600)), needsOf(OPEN, at(3_601))]).toEqual([[], ['overdue_redraw']]);
});

test('a redraw is listed, not the order it follows', () => {
  const both = { ...OPEN, open_order: IN_PROGRESS.open_order, order_check_at: at(5) };
  expect(worklistEntryOf(both)?.list).toBe('watched_redraws');
  expect(worklistEntryOf(flagged(both))?.list).toBe('stale_redraws');
});
