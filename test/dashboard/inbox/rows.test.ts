import { describe, expect, test } from 'vitest';
import type { CriticalResult, Transaction } from '../../../dashboard/src/api/answers.ts';
import { inboxRows } from '../../../dashboard/src/inbox/rows.ts';
import { landingOf } from '../../../dashboard/src/session/landing.ts';
import { listed, march, transaction } from '../transaction/sample-transaction.ts';

type Given = Parameters<typeof transaction>[0];

function reported(id: string, interpretation: string | null, given: Given = {}): Transaction {
  const results_reported_at = march('03-05');
  return transaction({
    id,
    user_id: 'user',
    client_user_id: null,
    outcome: 'results_complete',
    orders: [listed(`${id}-order`, { interpretation, results_reported_at })],
    ...given,
  });
}

const critical = (order_transaction_id: string, opened_at: string) =>
  ({
    order_id: `${order_transaction_id}-order`,
    order_transaction_id,
    user_id: 'user',
    client_user_id: null,
    opened_at,
    latest_at: opened_at,
  }) as CriticalResult;

const shown = (transactions: readonly Transaction[], open: readonly CriticalResult[] = []) =>
  inboxRows(transactions, open).map(({ id, group, result: { text, tone } }) => [id, group, text, tone]);

const missing = [{ name: 'Ferritin', slug: null, failure_type: null, loinc: null }];

describe('the clinical inbox', () => {
  test.each<[string, string | null, Given, [string, string, string]]>([
    ['complete and normal', 'normal', {}, ['normal', 'Normal', 'success']],
    ['complete, without an interpretation', null, {}, ['uninterpreted', 'Complete', 'pending']],
    [
      'normal so far, in neutral',
      'normal',
      { outcome: 'results_incomplete', missing_results: missing },
      ['incomplete', 'Normal so far · 1 missing', 'pending'],
    ],
    ['in progress', null, { outcome: 'in_progress' }, ['incomplete', 'Incomplete', 'pending']],
    ['abnormal', 'abnormal', {}, ['abnormal', 'Abnormal', 'warning']],
    [
      'abnormal, and some missing',
      'abnormal',
      { outcome: 'results_incomplete', missing_results: missing },
      ['abnormal', 'Abnormal · 1 missing', 'warning'],
    ],
    [
      'critical, acknowledged',
      null,
      { critical_result: 'acknowledged' },
      ['abnormal', 'Critical, acknowledged', 'warning'],
    ],
    ['critical', 'critical', { critical_result: 'open' }, ['critical', 'Critical', 'error']],
  ])('shows what is %s', (_, interpretation, given, row) => {
    expect(shown([reported('one', interpretation, given)])).toEqual([['one', ...row]]);
  });

  test('takes the worst of several orders', () => {
    const results_reported_at = march('03-05');
    const orders = ['normal', 'abnormal'].map((interpretation, index) =>
      listed(`order-${index}`, { interpretation, results_reported_at }),
    );
    expect(shown([reported('one', null, { orders })])).toEqual([['one', 'abnormal', 'Abnormal', 'warning']]);
  });

  test('opens a critical result that the transaction lacks yet, or whose order has no results in it', () => {
    const criticalOf = (one: Transaction, open: CriticalResult) =>
      inboxRows([one], [open])[0]?.sources.map(({ name, critical: ids }) => [name, ids]);
    expect(criticalOf(reported('one', 'normal'), critical('one', march('03-02')))).toEqual([
      ['order one-order', ['one-order']],
    ]);
    const elsewhere = { ...critical('one', march('03-02')), order_id: 'other' };
    expect(criticalOf(reported('one', 'normal'), elsewhere)).toEqual([
      ['order other', ['other']],
      ['order one-order', []],
    ]);
  });

  test('has what is critical first, longest open first, and each once, also without its results', () => {
    const rows = shown(
      [reported('fine', 'normal'), reported('bad', 'abnormal'), reported('worst', 'critical')],
      [critical('elsewhere', march('03-02')), critical('worst', march('03-06'))],
    );
    expect(rows.map(([id, group]) => [id, group])).toEqual([
      ['elsewhere', 'critical'],
      ['worst', 'critical'],
      ['bad', 'abnormal'],
      ['fine', 'normal'],
    ]);
  });
});

test.each([
  ['a clinician', ['results/read', 'redraws/write'], '/', '/results'],
  ['a clinician who asked for another page', ['results/read'], '/insights', '/insights'],
  ['a coordinator who may read results', ['results/read', 'appointments/write'], '/', '/'],
  ['an operator', ['redraws/write'], '/', '/'],
])('%s begins where their work is', (_, scopes, asked, begins) => {
  expect(landingOf(asked, { scopes: new Set(scopes) })).toBe(begins);
});
