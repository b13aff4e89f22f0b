/** What the insights count of a transaction. */
import { describe, expect, test } from 'vitest';
import { transactionEvents } from '../../../../core/domain/events/transaction-events.ts';
import { insightOf } from '../../../../core/domain/insights/insight.ts';
import type { Contributions } from '../../../../core/domain/members/transaction-orders.ts';
import type { OrderSnapshot } from '../../../../core/domain/order/order-record.ts';
import { newInsightRecord } from '../../../../core/domain/stored/insight-record.ts';
import { nextRevision, remarked } from '../../../../core/domain/stored/next-revision.ts';
import { publishedOf } from '../../../../core/domain/stored/published.ts';
import { marked } from '../../../../core/domain/transaction/acknowledgement.ts';
import { followUpOf } from '../../../../core/domain/transaction/follow-up.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, orderId } from '../order-records.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const TEST = { id: null, name: 'Lipid Panel', slug: null, lab: 'quest' };

/** An order whose events happened after these hours. */
function order(
  n: number,
  from: number,
  steps: readonly (readonly [hours: number, low: string])[],
  more: Partial<OrderSnapshot> = {},
) {
  const created_at = at(from * HOUR);
  return brings(n, {
    snapshot: {
      origin: n === 1 ? 'initial' : 'redraw',
      created_at,
      lab_test: TEST,
      team_id: 'team',
      ...more,
    },
    events: steps.map(([hours, low]) =>
      event((from + hours) * HOUR, `collecting_sample.walk_in_test.${low}`),
    ),
  });
}

const stored = (...contributions: readonly Contributions[]) =>
  nextRevision(
    { id: transactionId(1), contributions: Object.assign({}, ...contributions), departures: {}, after: null },
    CLOCKS,
  );

const ORDINARY = [
  [0, 'ordered'],
  [2, 'requisition_created'],
  [26, 'appointment_scheduled'],
  [50, 'draw_completed'],
] as const;

test('an order in progress is not counted, and an order that is over is counted with its stages', () => {
  expect(insightOf(stored(order(1, 0, ORDINARY)))).toBeNull();
  expect(insightOf(stored(order(1, 0, [...ORDINARY, [98, 'completed']])))).toEqual({
    month: '2026-03',
    team_id: 'team',
    lab: 'quest',
    test: 'Lipid Panel',
    outcome: 'results_complete',
    overdue: false,
    hours: {
      awaiting_requisition: 2,
      awaiting_appointment: 24,
      awaiting_draw: 24,
      awaiting_result: 48,
      until_results: 98,
    },
    redraw: null,
  });
});

test('a correction changes nothing, and an order that ends otherwise has no results to wait for', () => {
  const completed = [...ORDINARY, [98, 'completed']] as const;
  expect(insightOf(stored(order(1, 0, [...completed, [900, 'corrected']])))).toEqual(
    insightOf(stored(order(1, 0, completed))),
  );
  const hours = { awaiting_requisition: 2, awaiting_appointment: 24, awaiting_draw: 24 };
  expect(insightOf(stored(order(1, 0, [...ORDINARY, [98, 'cancelled']])))).toMatchObject({
    outcome: 'cancelled',
    hours,
  });
  expect(insightOf(stored(order(1, 0, [...ORDINARY, [98, 'sample_error']])))).toMatchObject({
    outcome: 'failed',
    hours,
  });
});

test('what has no time, or times in the wrong order, has no days or none', () => {
  const contradicting = [
    [5, 'requisition_created'],
    [1, 'completed'],
  ] as const;
  // The newest event decides, so the order is still in progress.
  expect(insightOf(stored(order(1, 0, contradicting)))).toBeNull();
  expect(insightOf(stored(order(1, 9, [[-3, 'completed']])))?.hours).toEqual({ until_results: 0 });
  expect(insightOf(stored(order(1, 0, [[30, 'completed']], { created_at: null })))?.hours).toEqual({
    until_results: 0,
  });
  expect(
    insightOf(
      stored(
        brings(1, { registered: { at: at(1), transaction_id: 't', user_id: null, client_user_id: null } }),
      ),
    ),
  ).toBeNull();
});

describe('a redraw', () => {
  const missing = [
    { name: 'Glucose', slug: null, failure_type: 'quantity_not_sufficient_failure', loinc: null },
    { name: 'Albumin', slug: null, failure_type: null, loinc: null },
    { name: 'Albumin', slug: null, failure_type: null, loinc: null },
  ];
  const initial = order(1, 0, [...ORDINARY, [74, 'redraw_available']], { missing_results: missing });
  const redrawn = (steps: readonly (readonly [number, string])[], more: Partial<OrderSnapshot> = {}) =>
    stored(initial, order(2, 80, steps, { missing_results: missing, ...more }));

  test('is counted while it is open, by the markers that made it necessary', () => {
    expect(insightOf(stored(initial))).toMatchObject({
      outcome: 'open',
      hours: { awaiting_requisition: 2, awaiting_result: 24 },
      redraw: {
        overdue: false,
        hours: {},
        markers: ['Albumin', 'Glucose'],
        failure_types: ['quantity_not_sufficient_failure', 'unknown'],
      },
    });
    expect(insightOf(redrawn(ORDINARY.slice(0, 2)))?.redraw?.hours).toEqual({ awaiting_order: 6 });
  });

  test('is counted by the same markers after it left none open, with the days from its availability to the results', () => {
    const over = insightOf(redrawn([...ORDINARY, [100, 'completed']], { missing_results: [] }));
    expect(over).toMatchObject({ outcome: 'results_complete', hours: { until_results: 180 } });
    expect(over?.redraw).toMatchObject({
      hours: { awaiting_order: 6, awaiting_requisition: 2, awaiting_result: 50, until_results: 106 },
      markers: ['Albumin', 'Glucose'],
    });
  });

  test('without complete results has no days until results', () => {
    const over = insightOf(redrawn([...ORDINARY, [100, 'completed']], { has_missing_results: true }));
    expect(over).toMatchObject({ outcome: 'results_incomplete' });
    expect(over?.hours.until_results).toBeUndefined();
    expect(over?.redraw?.hours.until_results).toBeUndefined();
  });

  test('of many markers names twenty, and the others together', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({
      name: `Marker ${100 + n}`,
      slug: null,
      failure_type: null,
      loinc: null,
    }));
    const markers = insightOf(stored(order(1, 0, [[9, 'redraw_available']], { missing_results: many })))
      ?.redraw?.markers;
    expect(markers).toHaveLength(21);
    expect(markers?.at(-1)).toBe('other markers');
  });

  test('that was ever overdue stays so, however it ends', () => {
    const open = stored(initial);
    const followUp = followUpOf(open);
    if (!followUp) throw new Error('nothing to follow up');
    const flagged = remarked(
      open,
      { marks: marked(open.marks, followUp, { stale_since: at(10 * DAY) }) },
      CLOCKS,
    );
    expect(insightOf(flagged)).toMatchObject({ overdue: true, redraw: { overdue: true } });
    const { contributions } = redrawn([...ORDINARY, [400, 'completed']]);
    const over = nextRevision({ id: flagged.id, contributions, departures: {}, after: flagged }, CLOCKS);
    expect(over.marks.stale_since).toBeNull();
    expect(insightOf(over)).toMatchObject({
      outcome: 'results_complete',
      overdue: true,
      redraw: { overdue: true },
    });
  });
});

test('an order that was overdue before its redraw does not make the redraw overdue', () => {
  const open = stored(order(1, 0, ORDINARY.slice(0, 1)));
  const followUp = followUpOf(open);
  if (!followUp) throw new Error('nothing to follow up');
  const flagged = remarked(
    open,
    { marks: marked(open.marks, followUp, { stale_since: at(10 * DAY) }) },
    CLOCKS,
  );
  const { contributions } = stored(order(1, 0, [...ORDINARY, [900, 'redraw_available']]));
  const redraw = nextRevision({ id: flagged.id, contributions, departures: {}, after: flagged }, CLOCKS);
  expect(redraw.orders.map(({ id }) => id)).toEqual([orderId(1)]);
  expect(insightOf(redraw)).toMatchObject({ overdue: true, redraw: { overdue: false } });
});

describe('the record of a transaction', () => {
  const open = { ...stored(order(1, 0, [...ORDINARY, [74, 'redraw_available']])), revision: 3 };
  const closed = {
    ...stored(order(1, 0, [...ORDINARY, [74, 'redraw_available']]), order(2, 80, [[100, 'completed']])),
    revision: 4,
  };

  test('comes when it closes, and again only if its figures change', () => {
    expect(newInsightRecord(null, open)).toBeNull();
    expect(newInsightRecord(publishedOf(open), closed)).toMatchObject({
      revision: 4,
      outcome: 'results_complete',
      had_redraw: true,
      redraw_hours_until_results: 106,
    });
    expect(newInsightRecord(publishedOf(closed), { ...closed, revision: 5, updated_at: at(1) })).toBeNull();
    const flagged = newInsightRecord(publishedOf(closed), { ...closed, revision: 5, overdue: ['redraw'] });
    expect(flagged).toMatchObject({ revision: 5, redraw_overdue: true });
  });

  test('is taken back when it is open again, or when its orders have moved', () => {
    expect(newInsightRecord(publishedOf(closed), { ...open, revision: 5 })).toMatchObject({
      revision: 5,
      outcome: 'open',
    });
    const emptied = { id: closed.id, revision: 5, emptied: true, contributions: {}, departures: {} } as const;
    expect(transactionEvents(closed, emptied)).toMatchObject([
      { type: 'Insight Changed', detail: { revision: 5, insight: { revision: 5, outcome: 'moved' } } },
    ]);
    expect(transactionEvents(open, emptied)).toEqual([]);
  });
});
