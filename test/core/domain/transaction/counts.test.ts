import { expect, test } from 'vitest';
import { UNMARKED } from '../../../../core/domain/redraw/acknowledgement.ts';
import { progressKey } from '../../../../core/domain/redraw/redraw.ts';
import {
  addCounts,
  type CountedClass,
  countedClass,
  openRedraws,
} from '../../../../core/domain/transaction/counts.ts';
import { at, brings, event, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

const EMPTY = {
  total: 0,
  status: { active: 0, completed: 0, cancelled: 0 },
  outcome: {
    in_progress: 0,
    redraw_expected: 0,
    redraw_in_progress: 0,
    results_complete: 0,
    results_incomplete: 0,
    failed: 0,
    cancelled: 0,
  },
  redraw: { none: 0, expected: 0, in_progress: 0, stale: 0, completed: 0, cancelled: 0, failed: 0 },
  needs_decision: 0,
  flagged_redraws: 0,
  stalled_orders: 0,
  could_not_be_reached: 0,
};

test('all counts are zero without transactions', () => {
  expect(addCounts([])).toEqual(EMPTY);
});

test('each view adds up to the total, over classes, teams and shards', () => {
  const active: CountedClass = {
    status: 'active',
    outcome: 'in_progress',
    redraw: 'none',
    needs_decision: false,
    stalled: false,
    could_not_be_reached: false,
    team_id: 'a',
  };
  const open: CountedClass = {
    status: 'active',
    outcome: 'redraw_expected',
    redraw: 'stale',
    needs_decision: true,
    stalled: true,
    could_not_be_reached: true,
    team_id: null,
  };
  const counts: [CountedClass, number][] = [
    [active, 3],
    [{ ...active, team_id: 'b' }, 2],
    [open, 4],
    [{ ...open, needs_decision: false }, 1],
    [active, 1],
  ];
  expect(addCounts(counts)).toEqual({
    total: 11,
    status: { ...EMPTY.status, active: 11 },
    outcome: { ...EMPTY.outcome, in_progress: 6, redraw_expected: 5 },
    redraw: { ...EMPTY.redraw, none: 6, stale: 5 },
    needs_decision: 4,
    flagged_redraws: 1,
    stalled_orders: 5,
    could_not_be_reached: 5,
  });
});

test('a transaction counts by its status, its outcome, its team and the shown state of its redraw', () => {
  const of = (status: keyof typeof STATUS_OF_CLASS) =>
    transactionFrom(brings(1, { snapshot: { team_id: 'a' }, events: [event(1, STATUS_OF_CLASS[status])] }));
  expect(countedClass(of('C'), UNMARKED)).toEqual({
    status: 'completed',
    outcome: 'results_complete',
    redraw: 'none',
    needs_decision: false,
    stalled: false,
    could_not_be_reached: false,
    team_id: 'a',
  });
  const open = of('R');
  const class_ = {
    status: 'active',
    outcome: 'redraw_expected',
    needs_decision: false,
    stalled: false,
    could_not_be_reached: false,
    team_id: 'a',
  };
  expect(countedClass(open, UNMARKED)).toEqual({ ...class_, redraw: 'expected' });
  const progress = open.redraw && progressKey(open.redraw);
  expect(countedClass(open, { ...UNMARKED, progress, stale_since: at(9) })).toEqual({
    ...class_,
    redraw: 'stale',
  });
});

test('redraws are open until they end, including stale ones', () => {
  const redraw = { none: 1, expected: 2, in_progress: 4, stale: 8, completed: 16, cancelled: 32, failed: 64 };
  expect(openRedraws({ ...EMPTY, redraw })).toEqual({ open: 14, stale: 8 });
});
