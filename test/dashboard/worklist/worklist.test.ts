import { describe, expect, test } from 'vitest';
import type { Redraw, Transaction } from '../../../dashboard/src/api/answers.ts';
import type { WithRedraw } from '../../../dashboard/src/redraw/open-redraw.ts';
import { csvRow } from '../../../dashboard/src/transaction-list/csv-row.ts';
import { countByAge } from '../../../dashboard/src/worklist/overview/age-groups.ts';
import { figuresOf } from '../../../dashboard/src/worklist/overview/figures.ts';
import { redrawCsvRow } from '../../../dashboard/src/worklist/table/csv-row.ts';
import { decisionsIn, isShownNow, viewed } from '../../../dashboard/src/worklist/view/filter-and-sort.ts';
import { readView, WHOLE, type WorklistView } from '../../../dashboard/src/worklist/view/view.ts';
import { viewText } from '../../../dashboard/src/worklist/view/view-text.ts';
import { BUILT_IN_VIEWS, builtInViewOf } from '../../../dashboard/src/worklist/views/built-in-views.ts';
import { person } from '../../callers.ts';

const now = Date.parse('2026-03-31T12:00:00Z');
const DAY = 86_400_000;

const redraw: Redraw = {
  state: 'in_progress',
  order_id: null,
  single_order: false,
  available_at: null,
  stage: 'awaiting_order',
  due_at: null,
  stale_since: null,
  unchecked: false,
  unchecked_reason: null,
  acknowledgement: null,
  withdrawal: null,
  decision: null,
  missing_results: [],
};

function open(id: string, given: Partial<Redraw> = {}, others: Partial<Transaction> = {}): WithRedraw {
  return {
    id,
    user_id: null,
    client_user_id: null,
    orders: [],
    missing_results: given.missing_results ?? [],
    told: null,
    contact: null,
    reach: 'not_told',
    assignment: null,
    next_step: null,
    junction_checks: [],
    decision: null,
    unanswered_checks: null,
    redraw: { ...redraw, ...given },
    ...others,
  } as WithRedraw;
}

function daysAgo(days: number): string {
  return new Date(now - days * DAY).toISOString();
}

const olivia = {
  by: 'olivia@example.com',
  note: 'called the draw center',
  at: daysAgo(1),
  caller: person('olivia@example.com'),
  stop_messages: false,
};
const ferritin = { name: 'Ferritin', slug: 'ferritin', failure_type: 'internal_lab_failure', loinc: null };

const told = {
  channel: 'sms',
  template: 'redraw_available',
  state: 'delivered',
  at: daysAgo(2),
  reached: true,
} as const;
const bounced = { ...told, channel: 'email', state: 'bounced', at: daysAgo(1), reached: false } as const;

const all = [
  open('flagged', { state: 'stale', due_at: daysAgo(9), available_at: daysAgo(20), acknowledgement: olivia }),
  open(
    'late',
    { due_at: daysAgo(3), available_at: daysAgo(5), missing_results: [ferritin] },
    { told, reach: 'told' },
  ),
  open(
    'soon',
    { due_at: daysAgo(-0.5), available_at: daysAgo(1), stage: 'awaiting_draw' },
    { told: bounced, reach: 'could_not_be_reached' },
  ),
  open('later', { due_at: daysAgo(-4), available_at: daysAgo(0.1) }, { client_user_id: 'Clinic-7/1042' }),
  open('timeless'),
];

function ids(view: Partial<WorklistView>): string[] {
  return viewed(all.toReversed(), { ...WHOLE, ...view }, now, 'Kim').map(({ id }) => id);
}

describe('the filtered and sorted worklist', () => {
  test('unfiltered, the most overdue is first and redraws without a due time are last', () => {
    expect(ids({})).toEqual(['flagged', 'late', 'soon', 'later', 'timeless']);
  });

  test.each([
    [{ due: 'overdue' }, ['flagged', 'late']],
    [{ due: 'due_soon' }, ['soon']],
    [{ due: 'on_time' }, ['later', 'timeless']],
    [{ stages: ['awaiting_draw', 'awaiting_result'] }, ['soon']],
    [{ acknowledged: true }, ['flagged']],
    [{ acknowledged: false }, ['late', 'soon', 'later', 'timeless']],
    [{ reach: 'told' }, ['late']],
    [{ reach: 'could_not_be_reached' }, ['soon']],
    [{ reach: 'not_told' }, ['flagged', 'later', 'timeless']],
    [{ age: '14-28' }, ['flagged']],
    [{ age: '1-3' }, ['soon']],
    [{ due: 'due_soon', acknowledged: true }, []],
    [{ text: 'FERRITIN' }, ['late']],
    [{ text: 'clinic-7 1042' }, ['later']],
    [{ text: ' draw olivia ' }, ['flagged']],
    [{ text: 'olivia ferritin' }, []],
  ] as const)('%j', (view, expected) => {
    expect(ids(view)).toEqual(expected);
  });

  test.each([
    [{ sort: 'due', descending: true }, ['later', 'soon', 'late', 'flagged', 'timeless']],
    [{ sort: 'open' }, ['later', 'soon', 'late', 'flagged', 'timeless']],
    [{ sort: 'open', descending: true }, ['flagged', 'late', 'soon', 'later', 'timeless']],
    [{ sort: 'stage', descending: true }, ['soon', 'flagged', 'late', 'later', 'timeless']],
    [{ sort: 'acknowledged' }, ['flagged', 'late', 'soon', 'later', 'timeless']],
    [{ sort: 'told' }, ['late', 'soon', 'flagged', 'later', 'timeless']],
    [{ sort: 'markers', descending: true }, ['late', 'flagged', 'soon', 'later', 'timeless']],
    [{ sort: 'user' }, ['later', 'flagged', 'late', 'soon', 'timeless']],
  ] as const)('sorted by %j', (view, expected) => {
    expect(ids(view)).toEqual(expected);
  });
});

describe('owners and follow-ups', () => {
  const owned = (id: string, assignee: string | null, follow_up_at: string | null, others = {}) =>
    open(
      id,
      { due_at: daysAgo(1) },
      { assignment: assignee === null ? null : { ...olivia, assignee, follow_up_at }, ...others },
    );
  const rows = [
    owned('mine today', 'kim', daysAgo(0.01)),
    owned('mine at eight', 'Kim', daysAgo(-0.05)),
    owned('mine later', 'Kim', daysAgo(-3)),
    owned('critical', 'Kim', daysAgo(-3), { critical_result: 'open' }),
    owned('hers', 'olivia', null),
    owned('nobody', null, null),
  ];
  const found = (view: Partial<WorklistView>) =>
    viewed(rows, { ...WHOLE, ...view }, now, 'Kim').map(({ id }) => id);

  test.each([
    ['all', ['critical', 'hers', 'mine today', 'nobody']],
    ['mine', ['critical', 'mine today']],
    ['unassigned', ['nobody']],
    ['today', ['mine at eight', 'mine today']],
  ])('the view %s leaves out what waits, but never a critical result', (id, expected) => {
    const { view = WHOLE } = BUILT_IN_VIEWS.find((one) => one.id === id) ?? {};
    expect(found(view)).toEqual(expected);
    expect(builtInViewOf({ ...view, sort: 'open', page: 2 })).toBe(id);
  });

  test('those of somebody else are found by name, and rows sort by owner with those of nobody last', () => {
    expect(found({ owner: 'Olivia' })).toEqual(['hers']);
    expect(found({ sort: 'owner', descending: true })).toEqual(['hers', 'critical', 'mine today', 'nobody']);
  });

  test('what waits is found by itself', () => {
    expect(found({ followUp: 'later' })).toEqual(['mine at eight', 'mine later']);
  });

  test('what is to be done today has a place from the start of the day, and is hidden in other views', () => {
    const shown = (view: WorklistView) =>
      rows.filter((one) => isShownNow(view, one, now)).map(({ id }) => id);
    expect(shown({ ...WHOLE, followUp: 'today' })).toContain('mine at eight');
    expect(shown(WHOLE)).toEqual(['mine today', 'critical', 'hers', 'nobody']);
  });
});

test('decisions are filtered by patient, test, lab, text, owner and follow-up', () => {
  const decision = { reason: 'redraw_ended', acknowledgement: null } as Transaction['decision'];
  const lab_test = { name: 'Iron', lab: 'quest' };
  const orders = [{ id: 'first', lab_test }] as unknown as Transaction['orders'];
  const rows = [
    open('unreached', { state: 'failed' }, { decision, reach: 'could_not_be_reached', orders }),
    { ...open('plain', {}, { decision }), redraw: null },
    open('none', { state: 'completed' }),
  ];
  const found = (view: Partial<WorklistView>) =>
    decisionsIn(rows, { ...WHOLE, ...view }, now, 'Kim').map(({ id }) => id);
  expect(found({})).toEqual(['unreached', 'plain']);
  for (const view of [
    { reach: 'could_not_be_reached' },
    { test: 'Iron' },
    { lab: 'quest' },
    { text: 'quest first' },
  ] as const)
    expect(found(view)).toEqual(['unreached']);
  expect(found({ owner: 'me' })).toEqual([]);
  expect(found({ followUp: 'later' })).toEqual([]);
});

test('by modality, and by the day by which the newest order is expected to have results', () => {
  const order = { lab_test: null, modality: 'testkit', expected_result_by_date: null };
  const kits = [
    open('undated', {}, { orders: [order] as never }),
    open('early', {}, { orders: [{ ...order, expected_result_by_date: '2026-03-20' }] as never }),
    open(
      'redrawn',
      {},
      {
        orders: [
          { ...order, expected_result_by_date: '2026-03-10' },
          { ...order, modality: 'walk_in_test', expected_result_by_date: '2026-04-02' },
        ] as never,
      },
    ),
  ];
  const found = (view: Partial<WorklistView>) =>
    viewed(kits, { ...WHOLE, ...view }, now, 'Kim').map(({ id }) => id);
  expect(found({ modality: 'walk_in_test' })).toEqual(['redrawn']);
  expect(found({ expectedBy: '2026-03-20' })).toEqual(['early']);
  expect(found({ expectedBy: '2026-03-19' })).toEqual([]);
  expect(found({ expectedBy: '20/03/2026' })).toHaveLength(3);
});

test('a printed view is named by its filters', () => {
  expect(viewText(WHOLE)).toBe('');
  const view = readView(
    new URLSearchParams('view=Mondays&due=overdue&stage=awaiting_draw&lab=quest&acknowledged=no&owner=none'),
  );
  expect(viewText(view)).toBe(
    'View: Mondays · Due: Overdue · Waiting on: Draw · Lab: Quest · Owner: Unassigned · Acknowledged: No',
  );
});

test('the figures of the overview count what is shown and what is hidden alike', () => {
  expect(figuresOf(all, now)).toEqual({ open: 5, overdue: 2, unacknowledged: 4, unreached: 1 });
  expect(figuresOf([], now)).toEqual({ open: 0, overdue: 0, unacknowledged: 0, unreached: 0 });
});

describe('the ages of open redraws', () => {
  test('each redraw is in one group, the older one at a boundary; without a time it is in none', () => {
    const counts = countByAge(
      [0, 0.99, 1, 2.99, 3, 7, 14, 28, 56, 900].map((days) => open('x', { available_at: daysAgo(days) })),
      now,
    );
    expect(counts.map(({ open }) => open)).toEqual([2, 2, 1, 1, 1, 1, 2]);
    expect(countByAge([open('timeless')], now).every(({ open }) => open === 0)).toBe(true);
  });

  test('overdue redraws are counted in their group; a clock that is behind makes a redraw new', () => {
    const [first, , , , fifth] = countByAge([...all, open('ahead', { available_at: daysAgo(-1) })], now);
    expect(first).toMatchObject({ open: 2, overdue: 0 });
    expect(fifth).toMatchObject({ open: 1, overdue: 1 });
  });
});

test('an exported row has full IDs, missing markers with reasons, and the acknowledgement', () => {
  const orders = [
    { id: 'first', origin: 'initial' },
    { id: 'second', origin: 'redraw' },
  ] as Transaction['orders'];
  const given = { order_id: 'second', due_at: daysAgo(2), acknowledgement: olivia };
  const plain = { ...ferritin, name: 'TSH', failure_type: null };
  const row = open('one', { ...given, missing_results: [ferritin, plain] }, { orders, told, reach: 'told' });
  const options = { messages: true, nextSteps: {} };
  const withoutMessages = Object.keys(redrawCsvRow(row, now, { messages: false, nextSteps: {} }));
  expect(withoutMessages.filter((name) => /^(told|reach|messages)/.test(name))).toEqual([]);
  // Apart from the due status, an export of the worklist has the columns of every other export.
  const { due_status: _, ...shared } = redrawCsvRow(row, now, options);
  expect(Object.keys(shared)).toEqual(Object.keys(csvRow(row, options)));
  expect(redrawCsvRow(row, now, options)).toMatchObject({
    transaction_id: 'one',
    redraw_state: 'in_progress',
    due_status: 'overdue',
    redraw_stage: 'awaiting_order',
    redraw_due_at: daysAgo(2),
    redraw_available_at: null,
    redraw_stale_since: null,
    redraw_unchecked: 'no',
    redraw_order_id: 'second',
    user_id: null,
    client_user_id: null,
    missing_markers: 'Ferritin (internal_lab_failure); TSH',
    acknowledged_by: 'olivia@example.com',
    acknowledged_by_id: 'sub-of-olivia@example.com',
    acknowledged_by_name: 'olivia@example.com',
    acknowledged_at: olivia.at,
    note: 'called the draw center',
    owner: null,
    follow_up_at: null,
    last_contact: null,
    last_contact_at: null,
    messages_stopped: 'no',
    reach: 'told',
    told_template: 'redraw_available',
    told_channel: 'sms',
    told_state: 'delivered',
    told_at: daysAgo(2),
  });
});
