import { describe, expect, test } from 'vitest';
import type {
  Redraw,
  SearchAnswer,
  Transaction,
  TransactionOrder,
} from '../../../dashboard/src/api/answers.ts';
import { type FetchPage, fetchAll, filledPage } from '../../../dashboard/src/api/list-pages.ts';
import { distinctLabTests } from '../../../dashboard/src/redraw/distinct-lab-tests.ts';
import { isTagged } from '../../../dashboard/src/redraw/open-redraw.ts';
import { newestResultsAt } from '../../../dashboard/src/redraw/results-time.ts';
import { resultSourcesOf } from '../../../dashboard/src/results/result-source.ts';
import { commonUser, foundBy, onlyResult } from '../../../dashboard/src/search/matches.ts';
import { withFilter } from '../../../dashboard/src/table/with-filter.ts';
import { csvRow } from '../../../dashboard/src/transaction-list/csv-row.ts';
import { chosenIn } from '../../../dashboard/src/transaction-list/filters.ts';
import { filterIn, withTokens } from '../../../dashboard/src/transaction-list/list-filter.tsx';
import { listed, march, transaction } from '../transaction/sample-transaction.ts';

function reported(
  id: string,
  low: string,
  at: string,
  given: Partial<TransactionOrder> = {},
): TransactionOrder {
  return listed(id, { low_level_status: low, low_level_status_created_at: march(at), ...given });
}

/** A list of `size` transactions. The API returns at most `short` of them at once, whatever the limit. */
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

const items =
  (ask: FetchPage) =>
  async (...request: Parameters<FetchPage>) => {
    const { transactions, next_cursor } = await ask(...request);
    return { items: transactions, next_cursor };
  };

describe('a page of a filtered list', () => {
  test('is filled by several requests', async () => {
    const { ask, asked } = listOf(100, 30);
    const page = await filledPage(ask, 50, undefined);
    expect(page.transactions.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, nth) => `${nth}`));
    expect(page.next_cursor).toBe('50');
    expect(asked).toEqual([
      [50, undefined],
      [20, '30'],
    ]);
  });

  test('stays short when few transactions match, and has a next page', async () => {
    const { ask, asked } = listOf(100, 2);
    const page = await filledPage(ask, 50, '10');
    expect([page.transactions.length, page.next_cursor, asked.length]).toEqual([6, '16', 3]);
  });

  test('has no next page at the end of the list', async () => {
    const page = await filledPage(listOf(7, 100).ask, 50, undefined);
    expect([page.transactions.length, page.next_cursor]).toEqual([7, null]);
  });

  test('the whole list is read page by page, with progress', async () => {
    const counts: number[] = [];
    const { rows, cut } = await fetchAll(
      items(listOf(250, 100).ask),
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
  ])('%i transactions with a limit of %i: truncated %s', async (size, most, isCut) => {
    const { rows, cut } = await fetchAll(
      items(listOf(size, 100).ask),
      ({ id }) => id,
      most,
      () => undefined,
    );
    expect([rows.length, cut]).toEqual([Math.min(size, most), isCut]);
  });
});

describe('filters', () => {
  test('each choice sets what the API filters by, and an unknown one nothing', () => {
    const chosen = (address: string) => chosenIn(new URLSearchParams(address));
    expect(chosen('status=active&outcome=failed')).toEqual({ status: 'active', outcomes: ['failed'] });
    expect(chosen('tag=redraw_available&results=reported')).toEqual({
      redraw: 'available',
      results: 'reported',
    });
    for (const unknown of ['', 'nonsense', '__proto__'])
      expect(chosen(`status=${unknown}&results=${unknown}`)).toEqual({});
  });

  test('a changed filter starts at the first page and keeps the other filters', () => {
    const params = new URLSearchParams({ status: 'active', user: 'u-1', cursor: 'abc' });
    expect(`${withFilter(params, 'status', 'completed')}`).toBe('status=completed&user=u-1');
    expect(`${withFilter(params, 'user', '')}`).toBe('status=active');
    expect(`${params}`).toContain('cursor');
  });
});

describe('when the newest results were reported', () => {
  test('the newest report of all orders counts', () => {
    const orders = [
      listed('first', { results_reported_at: march('03-03') }),
      listed('second', { results_reported_at: march('03-09'), origin: 'redraw' }),
    ];
    expect(newestResultsAt(transaction({ orders }))).toBe(march('03-09'));
    expect(newestResultsAt(transaction({ orders: orders.toReversed() }))).toBe(march('03-09'));
  });

  test('an order without a report does not count', () => {
    const orders = [
      listed('first', { results_reported_at: march('03-03') }),
      listed('second', { results_reported_at: null, origin: 'redraw' }),
    ];
    expect(newestResultsAt(transaction({ orders }))).toBe(march('03-03'));
    expect(newestResultsAt(transaction({ orders: orders.slice(1) }))).toBeNull();
  });
});

describe('the results to open', () => {
  const orders = [
    listed('initial-order', { results_reported_at: march('03-03') }),
    listed('redraw-order', { results_reported_at: march('03-05'), origin: 'redraw' }),
    listed('another', { results_reported_at: null, origin: 'recreation' }),
  ];
  const paths = (given: Parameters<typeof transaction>[0]) =>
    resultSourcesOf(transaction({ id: 't-1', ...given })).map(({ path }) => path);

  test('are those of each order with results until the transaction is completed', () => {
    const ofOrders = ['/v1/orders/initial-order/results', '/v1/orders/redraw-order/results'];
    expect(paths({ orders, status: 'active' })).toEqual(ofOrders);
    expect(paths({ orders, status: 'completed' })).toEqual(['/v1/transactions/t-1/results']);
    expect(paths({ orders: orders.slice(2), status: 'active' })).toEqual(['/v1/transactions/t-1/results']);
  });
});

describe("Junction's tag", () => {
  const tagged = (given: Parameters<typeof listed>[1], redraw: { state: Redraw['state'] } | null = null) => {
    const one = transaction(redraw ? { redraw } : {});
    return isTagged(listed('one', given), redraw ? one : { ...one, redraw: null });
  };

  test('stays on an order after its redraw has ended', () => {
    const available = { redraw_available_at: march('03-03'), low_level_status: 'completed' };
    for (const state of ['expected', 'stale', 'completed', 'cancelled', 'failed'] as const) {
      expect(tagged(available, { state })).toBe(true);
      expect(tagged({ redraw_available_at: null, low_level_status: 'ordered' }, { state })).toBe(false);
    }
    expect(tagged(available)).toBe(false);
  });
});

test('an exported row has the IDs and statuses of its orders', () => {
  const orders = [
    reported('a-1', 'sample_error', '03-01', { modality: 'walk_in_test' }),
    reported('a-2', 'redraw_available', '03-03', {
      modality: 'walk_in_test',
      origin: 'recreation',
      redraw_available_at: march('03-03'),
      results_reported_at: march('03-03'),
    }),
    reported('b-1', 'ordered', '03-04', { modality: 'walk_in_test', origin: 'redraw' }),
  ];
  const missing = { name: 'Ferritin', slug: 'ferritin', failure_type: 'internal_lab_failure', loinc: null };
  const row = csvRow(
    transaction({
      id: 't-1',
      orders,
      redraw: { state: 'in_progress', stage: 'awaiting_requisition' },
      missing_results: [missing],
      next_step: { situation: 'no_requisition', order_id: 'b-1', cause: 'internal_lab_failure', actions: [] },
    }),
    { messages: false, nextSteps: { no_requisition: 'Wait.' } },
  );
  expect(row).not.toHaveProperty('reach');
  expect(row).toMatchObject({
    transaction_id: 't-1',
    redraw_available: 'yes',
    redraw_state: 'in_progress',
    modality: 'walk_in_test',
    results_at: march('03-03'),
    initial_order_id: 'a-1',
    redraw_order_id: 'b-1',
    redraw_order_status: 'ordered',
    other_order_ids: 'a-2',
    redraw_stage: 'awaiting_requisition',
    missing_markers: 'Ferritin (internal_lab_failure)',
    next_step: 'no_requisition',
    next_step_cause: 'internal_lab_failure',
    next_step_text: 'Wait. The lab made a mistake, through no fault of the patient.',
  });
});

describe('search results', () => {
  const one = { ...transaction(), id: 't-1', user_id: 'u-1' };
  const two = { ...transaction(), id: 't-2', user_id: 'u-1' };
  const answer = (given: Partial<SearchAnswer>): SearchAnswer => ({
    transactions: [one],
    matched: [],
    more: false,
    match_kind: 'whole',
    hint: null,
    ...given,
  });

  test('a single transaction is the only result unless there are more', () => {
    expect(onlyResult(answer({}))?.id).toBe('t-1');
    expect(onlyResult(answer({ more: true }))).toBeNull();
    expect(onlyResult(answer({ transactions: [one, two] }))).toBeNull();
    expect(onlyResult(answer({ transactions: [] }))).toBeNull();
  });

  test('each result names the ID that matched', () => {
    const found = answer({
      transactions: [one, two],
      matched: [
        { transaction_id: 't-1', by: 'user_id' },
        { transaction_id: 't-1', by: 'client_user_id' },
        { transaction_id: 't-2', by: 'order_id' },
      ],
    });
    expect([foundBy(found, one), foundBy(found, two)]).toEqual(['User, Client user ID', 'Order']);
  });

  test('the common user of all results', () => {
    expect(commonUser(answer({ transactions: [one, two] }))).toBe('u-1');
    expect(commonUser(answer({ transactions: [one, { ...two, user_id: 'u-2' }] }))).toBeNull();
    expect(commonUser(answer({ transactions: [{ ...one, user_id: null }] }))).toBeNull();
  });
});

test('the orders of one lab test share it, and its lab is shown once', () => {
  const ordered = (name: string | null, lab: string | null) => ({
    modality: 'walk_in_test' as const,
    lab_test: { name, lab },
  });
  const thyroid = ordered('Thyroid panel (BioReference)', 'bioreference');
  expect(
    distinctLabTests([thyroid, thyroid, ordered('Ferritin', 'quest'), ordered(null, 'labcorp')]),
  ).toEqual([
    { name: 'Thyroid panel (BioReference)', details: 'Walk-in' },
    { name: 'Ferritin', details: 'Walk-in, Quest' },
    { name: null, details: 'Walk-in, Labcorp' },
  ]);
});

test('a list is filtered by what its orders are for, and not by a day that is none', () => {
  const read = (text: string) => filterIn(new URLSearchParams(text));
  expect(
    read('team=team-north&test=iron+panel&lab=quest&modality=testkit&expected_by=2026-03-20'),
  ).toMatchObject({
    team: 'team-north',
    test: 'iron panel',
    lab: 'quest',
    modality: 'testkit',
    expectedBy: '2026-03-20',
  });
  for (const day of ['tomorrow', '2026-13-01', '2026-02-30', '']) {
    expect(read(`expected_by=${day}`).expectedBy).toBeUndefined();
  }
});

test('each property filters once, and a tag replaces an outcome', () => {
  const given = new URLSearchParams('outcome=failed&show=partial&cursor=c');
  const tokens = [
    { propertyKey: 'outcome', value: 'failed' },
    { propertyKey: 'lab', value: 'quest' },
    { propertyKey: 'lab', value: 'labcorp' },
    { propertyKey: 'tag', value: 'redraw_available' },
  ];
  expect(withTokens(given, tokens).toString()).toBe('show=partial&lab=labcorp&tag=redraw_available');
});
