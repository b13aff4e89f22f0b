import { expect, test } from 'vitest';
import { progressKey } from '../../../../core/domain/redraw/redraw.ts';
import { UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { countersOf, totalsFrom } from '../../../../core/domain/worklist/counts.ts';
import { at, brings, event, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

const of = (status: keyof typeof STATUS_OF_CLASS) =>
  transactionFrom(brings(1, { events: [event(1, STATUS_OF_CLASS[status])] }));

test('a transaction counts by its status, its outcome and the shown state of its redraw', () => {
  expect(countersOf({ ...of('C'), marks: UNMARKED })).toEqual([
    'total',
    'status:completed',
    'outcome:results_complete',
    'redraw:none',
  ]);
  const open = of('R');
  const active = ['total', 'status:active', 'outcome:redraw_expected'];
  expect(countersOf({ ...open, marks: UNMARKED })).toEqual([...active, 'redraw:expected']);
  const progress = open.redraw && progressKey(open.redraw);
  const stale = { ...UNMARKED, progress, stale_since: at(9) };
  expect(countersOf({ ...open, marks: stale })).toEqual([...active, 'redraw:stale']);
});

test('a patient who could not be reached counts while the redraw is open', () => {
  const told = { channel: 'sms', template: 'redraw_available', state: 'failed', at: at(1) } as const;
  expect(countersOf({ ...of('R'), marks: UNMARKED, told })).toContain('could_not_be_reached');
  expect(countersOf({ ...of('C'), marks: UNMARKED, told })).not.toContain('could_not_be_reached');
});

test('the totals name every class, and a counter that is not there is zero', () => {
  const totals = totalsFrom(
    new Map([
      ['total', 3],
      ['status:active', 3],
      ['redraw:none', 2],
      ['redraw:stale', 1],
    ]),
  );
  expect(totals).toEqual({
    total: 3,
    status: { active: 3, completed: 0, cancelled: 0 },
    outcome: {
      in_progress: 0,
      redraw_expected: 0,
      redraw_in_progress: 0,
      results_complete: 0,
      results_incomplete: 0,
      failed: 0,
      cancelled: 0,
    },
    redraw: { none: 2, expected: 0, in_progress: 0, stale: 1, completed: 0, cancelled: 0, failed: 0 },
    could_not_be_reached: 0,
  });
});
