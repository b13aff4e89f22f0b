import { describe, expect, test } from 'vitest';
import type {
  CriticalResult,
  MatchReview,
  StalledOrder,
  Transaction,
} from '../../../dashboard/src/api/answers.ts';
import { countByAge } from '../../../dashboard/src/worklist/age-chart.tsx';
import { workCsv } from '../../../dashboard/src/worklist/export.ts';
import { type Lists, missingText, triesText, workRows } from '../../../dashboard/src/worklist/rows.ts';
import { figuresOf, rowsIn, TABS, type Tab } from '../../../dashboard/src/worklist/tabs.ts';
import { listed, transaction } from '../transaction/sample-transaction.ts';

const now = Date.parse('2026-03-31T12:00:00Z');
const DAY = 86_400_000;
const inDays = (days: number) => new Date(now + days * DAY).toISOString();

function redraw(id: string, due: number, given: Partial<Transaction> = {}): Transaction {
  const orders = [
    listed('first', { lab_test: { name: 'Iron', lab: 'quest' }, modality: 'walk_in_test' }),
    listed('second', { origin: 'redraw', lab_test: { name: 'Iron', lab: 'quest' } }),
  ];
  const open = {
    state: 'in_progress',
    stage: 'awaiting_draw',
    due_at: inDays(due),
    available_at: inDays(due - 5),
  } as const;
  return {
    ...transaction({ redraw: open, orders }),
    id,
    user_id: `user-${id}`,
    client_user_id: null,
    ...given,
  };
}

function decision(id: string, since: number, given: Partial<Transaction> = {}): Transaction {
  return redraw(id, 0, {
    redraw: null,
    decision: {
      reason: 'order_failed',
      cause: 'sample_failed',
      order_id: 'first',
      since: inDays(since),
      acknowledgement: null,
      withdrawal: null,
    },
    ...given,
  });
}

const owned = (assignee: string, follow_up_at: string | null = null) =>
  ({ assignee, follow_up_at, by: assignee, at: inDays(-1) }) as Transaction['assignment'];
const stalled = (id: string, due: number, given: Partial<StalledOrder> = {}) =>
  ({
    id,
    order_transaction_id: null,
    stage: 'awaiting_result',
    due_at: inDays(due),
    assignment: null,
    review: null,
    contact: null,
    next_step: null,
    lab_test: null,
    modality: 'testkit',
    user_id: null,
    client_user_id: 'patient-7',
    expected_result_by_date: null,
    ...given,
  }) as StalledOrder;
const critical = (order_id: string, order_transaction_id: string) =>
  ({
    order_id,
    order_transaction_id,
    opened_at: inDays(-0.1),
    user_id: 'u',
    client_user_id: null,
  }) as CriticalResult;
const review = { id: 'mr', opened_at: inDays(-3) } as MatchReview;

const NONE: Lists = { redraws: [], decisions: [], orders: [], critical: [], reviews: [] };
const rowsOf = (lists: Partial<Lists>) => workRows({ ...NONE, ...lists }, now, {});
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('each row has the name of its team, if there are several', () => {
  const lists: Lists = {
    ...NONE,
    redraws: [redraw('a', -1, { team_id: 'n' }), redraw('b', -2, { team_id: 'other' })],
    reviews: [{ ...review, team_id: 's' }],
  };
  const teams = new Map([
    ['n', 'North'],
    ['s', 'South'],
  ]);
  const teamOf = (rows: ReturnType<typeof workRows>) =>
    Object.fromEntries(rows.map(({ id, team }) => [id, team]));
  expect(teamOf(workRows(lists, now, {}, teams))).toEqual({ a: 'North', b: '', 'review mr': 'South' });
  expect(teamOf(workRows(lists, now, {}))).toEqual({ a: '', b: '', 'review mr': '' });
});

describe('the worklist', () => {
  test('is one list: critical results, then what is overdue longest, decisions, reviews, and what is due last', () => {
    const rows = rowsOf({
      redraws: [redraw('soon', 2), redraw('late', -1), redraw('critical', 5, { critical_result: 'open' })],
      decisions: [decision('decide', -9)],
      orders: [stalled('order', -4)],
      critical: [critical('o', 'completed')],
      reviews: [review],
    });
    expect(idsOf(rows)).toEqual(['completed', 'critical', 'order', 'late', 'decide', 'review mr', 'soon']);
    expect(rows.map(({ kind }) => kind)).toEqual([
      'critical',
      'critical',
      'order',
      'redraw',
      'decision',
      'review',
      'redraw',
    ]);
    expect(rows.map(({ href }) => href).slice(2, 6)).toEqual([
      '/transactions/order',
      '/transactions/late',
      '/transactions/decide',
      null,
    ]);
  });

  test('has each transaction once', () => {
    const one = decision('both', -1, { redraw: redraw('both', -2).redraw });
    const rows = rowsOf({ redraws: [one], decisions: [one], critical: [critical('first', 'both')] });
    expect(rows).toMatchObject([{ id: 'both', kind: 'decision', markers: 'All' }]);
  });

  test('leaves out a decision that somebody has recorded', () => {
    const acknowledgement = { by: 'olivia', note: 'Enough', at: inDays(0) } as never;
    const { decision: known } = decision('done', -1);
    const done = decision('done', -1, { decision: known && { ...known, acknowledgement } });
    expect(rowsOf({ decisions: [done] })).toEqual([]);
  });

  test('says what to do, why, for whom and what was tried', () => {
    const [row] = rowsOf({
      redraws: [
        redraw('one', -2, {
          client_user_id: 'patient-1',
          contact: { kind: 'voicemail', by: 'olivia', at: inDays(-1), tries: 3 },
          next_step: { situation: 'appointment_passed', order_id: null, cause: null, actions: [] },
          missing_results: [
            { name: 'Ferritin', slug: null, failure_type: 'drop_off_failure', loinc: null },
            { name: 'Iron', slug: null, failure_type: null, loinc: null },
          ],
        }),
      ],
    });
    expect(row).toMatchObject({
      what: 'Ask if the patient went',
      why: { text: 'Overdue 2 days · Draw', tone: 'error' },
      patient: 'patient-1',
      test: 'Iron',
      lab: 'Quest',
      modality: 'Walk-in, –',
      markers: 'Ferritin, Iron',
      owner: 'Unassigned',
    });
    expect(row && missingText(row)).toEqual({ first: 'Ferritin', reason: 'Drop-off failure', more: 1 });
    expect(row?.contact && triesText(row.contact)).toEqual(['Left a voicemail', '3 tries']);
  });
});

describe('the tabs', () => {
  const rows = rowsOf({
    redraws: [
      redraw('mine', -1, { assignment: owned('Me@example.com') }),
      redraw('other', -1, { assignment: owned('olivia') }),
      redraw('nobody', -1, { reach: 'could_not_be_reached' }),
      redraw('today', -1, { assignment: owned('me@example.com', '2026-03-31T08:00:00Z') }),
      redraw('later', -1, { assignment: owned('me@example.com', inDays(2)) }),
    ],
    decisions: [decision('decide', -1, { critical_result: 'open' })],
    reviews: [review],
  });
  const reader = { me: 'me@example.com', now };

  test.each<[Tab, string[]]>([
    ['mine', ['mine', 'today']],
    ['unassigned', ['decide', 'nobody']],
    ['today', ['today']],
    ['decisions', ['decide']],
    ['not-reached', ['nobody']],
    ['all', ['decide', 'mine', 'nobody', 'other', 'today', 'review mr']],
    ['later', ['later']],
  ])('%s', (tab, ids) => {
    expect(idsOf(rowsIn(tab, rows, reader))).toEqual(ids);
    expect(TABS.map(({ id }) => id)).toContain(tab);
  });

  test('the figures count open redraws, also those that wait for a follow-up', () => {
    expect(figuresOf(rows, reader)).toEqual({ open: 5, overdue: 5, oldest: 6 * DAY });
    expect(countByAge(rows, now).map(({ open, overdue }) => [open, overdue])).toEqual([
      [0, 0],
      [0, 0],
      [5, 5],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

test('the export has the same columns for every kind of row', () => {
  const rows = rowsOf({ redraws: [redraw('late', -1)], orders: [stalled('order', -4)], reviews: [review] });
  const csv = workCsv(rows, now, { messages: false, nextSteps: {} });
  const [names = []] = csv.map((row) => Object.keys(row));
  for (const row of csv) expect(Object.keys(row)).toEqual(names);
  expect(csv).toMatchObject([
    { type: 'Stalled order', transaction_id: 'order', client_user_id: 'patient-7', due_status: null },
    { type: 'Redraw', transaction_id: 'late', due_status: 'overdue', lab: 'quest' },
    { type: 'Match review', transaction_id: null },
  ]);
});
