import { describe, expect, test } from 'vitest';
import { contributionOf } from '../../../../core/domain/members/contribution.ts';
import { at, claiming, event, record, STATUS_OF_CLASS, sibling } from '../order-records.ts';

type Class = keyof typeof STATUS_OF_CLASS;

/** The anomaly of each transition by class before (rows) and after (columns P C R X F), written by hand. */
const TURNS: Readonly<Record<Class, readonly (string | null)[]>> = {
  P: [null, null, null, null, null],
  C: ['reopened_after_completed', null, 'reopened_after_completed', null, 'reopened_after_completed'],
  R: [
    'moved_after_redraw_available',
    null,
    null,
    'moved_after_redraw_available',
    'moved_after_redraw_available',
  ],
  X: [
    'reinstated_after_cancelled',
    'reinstated_after_cancelled',
    'reinstated_after_cancelled',
    null,
    'reinstated_after_cancelled',
  ],
  F: ['recovered_after_failure', 'recovered_after_failure', 'recovered_after_failure', null, null],
};

const turns = Object.entries(TURNS).flatMap(([from, row]) =>
  (['P', 'C', 'R', 'X', 'F'] as const).map((to, column) => [from as Class, to, row[column] ?? null] as const),
);

const anomaliesOf = (parts: Parameters<typeof record>[1]) => contributionOf(record(1, parts)).anomalies;

describe('the anomalies of an order', () => {
  test.each(turns)('from class %s to %s: %s', (from, to, code) => {
    const events = [event(1, STATUS_OF_CLASS[from]), event(2, STATUS_OF_CLASS[to])];
    expect(anomaliesOf({ events })).toEqual(code === null ? [] : [{ code, at: at(2) }]);
  });

  test('have each code once, at its first time', () => {
    const events = [1, 3, 5].flatMap((second) => [
      event(second, STATUS_OF_CLASS.X),
      event(second + 1, STATUS_OF_CLASS.P),
    ]);
    expect(anomaliesOf({ events })).toEqual([{ code: 'reinstated_after_cancelled', at: at(2) }]);
  });

  test('disappear when a later fact explains the transition', () => {
    const [available, cancelled] = [event(1, STATUS_OF_CLASS.R), event(3, STATUS_OF_CLASS.X)];
    expect(anomaliesOf({ events: [available, cancelled] })).toHaveLength(1);
    expect(anomaliesOf({ events: [available, event(2, STATUS_OF_CLASS.C), cancelled] })).toEqual([]);
  });

  test('include a future event', () => {
    const future = event(9, STATUS_OF_CLASS.P);
    expect(anomaliesOf({ futureEvents: [future, event(8, 'a.b.ordered')] })).toEqual([
      { code: 'future_event', at: at(8) },
    ]);
  });

  test('include a withdrawn event, and what was asked in vain', () => {
    const corrected = {
      withdrawnEvents: [event(7, STATUS_OF_CLASS.C)],
      questionAt: at(8),
      isUnconfirmed: true,
    };
    expect(anomaliesOf(corrected)).toEqual([
      { code: 'event_withdrawn', at: at(7) },
      { code: 'unconfirmed', at: at(8) },
    ]);
    expect(anomaliesOf({ questionAt: at(8) })).toEqual([]);
  });

  test('include an undocumented status', () => {
    expect(anomaliesOf({ events: [event(1, 'received.walk_in_test.teleported')] })).toEqual([
      { code: 'unknown_status', at: at(1) },
    ]);
    expect(anomaliesOf({ siblings: [sibling(1, { status: 'teleported' })] })).toEqual([
      { code: 'unknown_status', at: null },
    ]);
    expect(anomaliesOf({ events: [event(1, 'received.teleportation.ordered')] })).toEqual([]);
  });

  test('include a list of events that does not ascend in time', () => {
    expect(anomaliesOf({ snapshot: { out_of_order_at: at(2) } })).toEqual([
      { code: 'events_out_of_order', at: at(2) },
    ]);
  });

  test('include conflicting claims', () => {
    expect(anomaliesOf(claiming({ own: 'a', registered: 'b' }))).toEqual([
      { code: 'transaction_conflict', at: null },
    ]);
    expect(anomaliesOf(claiming({ own: 'a', registered: 'a' }))).toEqual([]);
  });
});

describe('the contribution of an order', () => {
  test('has the time of its latest redraw_available, and only of its own', () => {
    const events = [event(1, STATUS_OF_CLASS.R), event(4, STATUS_OF_CLASS.R, 1), event(6, STATUS_OF_CLASS.C)];
    expect(contributionOf(record(1, { events })).redraw_available_at).toBe(at(4));
    const siblings = [sibling(2, { status: 'redraw_available', status_at: at(9) })];
    expect(contributionOf(record(1, { siblings })).redraw_available_at).toBeNull();
  });

  test('has the time of the latest results, partial or final', () => {
    const reportedAt = (...lows: string[]) => {
      const events = lows.map((low, second) => event(second, low));
      return contributionOf(record(1, { events })).results_reported_at;
    };
    expect(reportedAt('received.testkit.ordered', 'failed.testkit.lost')).toBeNull();
    const partial = 'sample_with_lab.walk_in_test.partial_results';
    expect(reportedAt(partial, 'cancelled.walk_in_test.cancelled')).toBe(at(0));
    for (const last of [partial, STATUS_OF_CLASS.R, STATUS_OF_CLASS.C, 'completed.walk_in_test.beamed'])
      expect(reportedAt(partial, last)).toBe(at(1));
  });

  test('has the status that its transaction lists while it has no events', () => {
    const siblings = [
      sibling(1, { status: 'ordered', status_at: at(2) }),
      sibling(1, { status: 'completed', status_at: at(2) }),
      sibling(1, { status: 'requisition_created', status_at: at(1) }),
      sibling(1, { status: null, status_at: at(9) }),
      sibling(2, { status: 'cancelled', status_at: at(9) }),
    ];
    expect(contributionOf(record(1, { siblings, snapshot: { status: 'received' } }))).toMatchObject({
      status: null,
      low_level_status: 'completed',
      low_level_status_created_at: at(2),
    });
    expect(contributionOf(record(1, { snapshot: { status: 'failed' } }))).toMatchObject({
      status: 'failed',
      low_level_status: null,
      low_level_status_created_at: null,
    });
  });
});
