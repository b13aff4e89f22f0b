import { describe, expect, test } from 'vitest';
import type { SearchAnswer, Transaction, TransactionOrder } from '../../../dashboard/src/api/answers.ts';
import { type FetchPage, fetchAll, filledPage } from '../../../dashboard/src/api/list-pages.ts';
import { commonUser, foundBy, onlyResult } from '../../../dashboard/src/search/matches.ts';
import { csvRow } from '../../../dashboard/src/transaction-list/csv-row.ts';
import {
  chosen,
  RESULT_CHOICES,
  STATE_CHOICES,
  STATE_GROUPS,
  withFilter,
} from '../../../dashboard/src/transaction-list/filters.ts';
import { newestResultsAt } from '../../../dashboard/src/transaction-list/results-time.ts';
import { listed, march, transaction } from '../transaction/sample-transaction.ts';

function reported(
  id: string,
  low: string,
  at: string,
  given: Partial<TransactionOrder> = {},
): TransactionOrder {
  return listed(id, { low_level_status: low, low_level_status_created_at: march(at), ...given });
}

/** A list of so many transactions, of which the API gives `short` at once however many are asked for. */
function listOf(size: number, short: number): { ask: FetchPage; asked: [number, string | undefined][] } {
  const asked: [number, string | undefined][] = [];
  const ask: FetchPage = async (limit, cursor) => {
    asked.push([limit, cursor]);
    const from = Number(cursor ?? 0);
    const to = Math.min(size, from + Math.min(limit, short));
    const ids = Array.from({ length: to - from }, (_, nth) => ({ id: `${from + nth}` }) as Transaction);
    return { transactions: ids, next_cursor: to < size ? `${to}` : null };
  };
  return { ask, asked };
}

describe('pages of a filtered list', () => {
  test('is asked on until a page is full', async () => {
    const { ask, asked } = listOf(100, 30);
    const page = await filledPage(ask, 50, undefined);
    expect(page.transactions.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, nth) => `${nth}`));
    expect(page.next_cursor).toBe('50');
    expect(asked).toEqual([
      [50, undefined],
      [20, '30'],
    ]);
  });

  test('stays short where the filter lets little through, and leads on', async () => {
    const { ask, asked } = listOf(100, 2);
    const page = await filledPage(ask, 50, '10');
    expect([page.transactions.length, page.next_cursor, asked.length]).toEqual([6, '16', 3]);
  });

  test('ends where the list ends', async () => {
    const page = await filledPage(listOf(7, 100).ask, 50, undefined);
    expect([page.transactions.length, page.next_cursor]).toEqual([7, null]);
  });

  test('the whole list is read page by page, and each page is told of', async () => {
    const counts: number[] = [];
    const { rows, cut } = await fetchAll(
      listOf(250, 100).ask,
      ({ id }) => id,
      1_000,
      (count) => counts.push(count),
    );
    expect(rows).toEqual(Array.from({ length: 250 }, (_, nth) => `${nth}`));
    expect([cut, counts]).toEqual([false, [100, 200, 250]]);
  });

  test.each([
    [250, 200, true],
    [200, 200, false],
    [201, 200, true],
    [250, 150, true],
    [200, 150, true],
  ])('of %i transactions and room for %i, cut: %s', async (size, most, isCut) => {
    const { rows, cut } = await fetchAll(
      listOf(size, 100).ask,
      ({ id }) => id,
      most,
      () => undefined,
    );
    expect([rows.length, cut]).toEqual([Math.min(size, most), isCut]);
  });
});

describe('what narrows a list down', () => {
  test('every status and every outcome can be chosen once, and cancelled is both', () => {
    expect(STATE_GROUPS.flatMap(({ choices }) => choices.map(({ id }) => id))).toEqual([
      '',
      'active',
      'completed',
      'cancelled',
      'redraw_available',
      'in_progress',
      'redraw_expected',
      'redraw_in_progress',
      'results_complete',
      'results_incomplete',
      'failed',
    ]);
    expect(chosen(STATE_CHOICES, 'active').filter).toEqual({ status: 'active' });
    expect(chosen(STATE_CHOICES, 'failed').filter).toEqual({ outcomes: ['failed'] });
  });

  test.each([null, '', 'nonsense', '__proto__'])('an address that asks for %s asks for all', (id) => {
    expect(chosen(STATE_CHOICES, id).filter).toEqual({});
    expect(chosen(RESULT_CHOICES, id).filter.outcomes).toHaveLength(4);
  });

  test('results that are complete and those that are not make up all of them', () => {
    const [all, complete, incomplete] = ['', 'complete', 'incomplete'].map(
      (id) => chosen(RESULT_CHOICES, id).filter.outcomes ?? [],
    );
    expect([...(complete ?? []), ...(incomplete ?? [])].sort()).toEqual([...(all ?? [])].sort());
  });

  test('another filter begins at the start of its list, and keeps the others', () => {
    const params = new URLSearchParams({ state: 'active', user: 'u-1', cursor: 'abc' });
    expect(`${withFilter(params, 'state', 'failed')}`).toBe('state=failed&user=u-1');
    expect(`${withFilter(params, 'user', '')}`).toBe('state=active');
    expect(`${params}`).toContain('cursor');
  });
});

describe('since when the newest results are there', () => {
  test('the newest report of any order', () => {
    const orders = [
      reported('first', 'redraw_available', '03-03'),
      reported('second', 'completed', '03-09', { origin: 'redraw' }),
    ];
    expect(newestResultsAt(transaction({ orders }))).toBe(march('03-09'));
    expect(newestResultsAt(transaction({ orders: orders.toReversed() }))).toBe(march('03-09'));
  });

  test('what is no report does not count', () => {
    const orders = [
      reported('first', 'redraw_available', '03-03'),
      reported('second', 'cancelled', '03-09', { origin: 'redraw' }),
    ];
    expect(newestResultsAt(transaction({ orders }))).toBe(march('03-03'));
    expect(newestResultsAt(transaction({ orders: [listed('only')] }))).toBeNull();
  });
});

test('a line of the export names each order by what it is', () => {
  const orders = [
    reported('a-1', 'sample_error', '03-01', { modality: 'walk_in_test' }),
    reported('a-2', 'redraw_available', '03-03', { modality: 'walk_in_test', origin: 'recreation' }),
    reported('b-1', 'ordered', '03-04', { modality: 'walk_in_test', origin: 'redraw' }),
  ];
  const missing = { name: 'Ferritin', slug: 'ferritin', failure_type: 'internal_lab_failure', loinc: null };
  const row = csvRow(
    transaction({
      id: 't-1',
      orders,
      redraw: { state: 'in_progress', stage: 'awaiting_requisition' },
      missing_results: [missing],
    }),
  );
  expect(row).toMatchObject({
    transaction_id: 't-1',
    redraw_available: 'yes',
    modality: 'walk_in_test',
    results_at: march('03-03'),
    initial_order_id: 'a-1',
    redraw_order_id: 'b-1',
    redraw_order_status: 'ordered',
    other_order_ids: 'a-2',
    redraw_stage: 'awaiting_requisition',
    missing_markers: 'Ferritin (Fault in the lab)',
  });
});

describe('what a search found', () => {
  const one = { ...transaction(), id: 't-1', user_id: 'u-1' };
  const two = { ...transaction(), id: 't-2', user_id: 'u-1' };
  const answer = (given: Partial<SearchAnswer>): SearchAnswer => ({
    transactions: [one],
    matched: [],
    more: false,
    ...given,
  });

  test('one transaction is the only one unless there are more', () => {
    expect(onlyResult(answer({}))?.id).toBe('t-1');
    expect(onlyResult(answer({ more: true }))).toBeNull();
    expect(onlyResult(answer({ transactions: [one, two] }))).toBeNull();
    expect(onlyResult(answer({ transactions: [] }))).toBeNull();
  });

  test('by what each was found', () => {
    const found = answer({
      transactions: [one, two],
      matched: [
        { transaction_id: 't-1', by: 'user_id' },
        { transaction_id: 't-1', by: 'client_user_id' },
        { transaction_id: 't-2', by: 'order_id' },
      ],
    });
    expect([foundBy(found, one), foundBy(found, two)]).toEqual(['User, Client user id', 'Order']);
  });

  test('all of one user, or of several', () => {
    expect(commonUser(answer({ transactions: [one, two] }))).toBe('u-1');
    expect(commonUser(answer({ transactions: [one, { ...two, user_id: 'u-2' }] }))).toBeNull();
    expect(commonUser(answer({ transactions: [{ ...one, user_id: null }] }))).toBeNull();
  });
});
