import { describe, expect, test } from 'vitest';
import { STATUS_OF_OUTCOME } from '../../../../core/domain/members/outcome.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

type Expected = readonly [status: string, outcome: string, ifMissing: string];

/** Every cell, written by hand: our status, the outcome, and the outcome if results are missing. */
const OURS: Readonly<Record<string, Expected>> = {
  'P/none': ['active', 'in_progress', 'in_progress'],
  'P/P': ['active', 'redraw_in_progress', 'redraw_in_progress'],
  'P/C': ['completed', 'results_complete', 'results_incomplete'],
  'P/X': ['active', 'in_progress', 'in_progress'],
  'P/F': ['active', 'in_progress', 'in_progress'],
  'P/R': ['active', 'in_progress', 'in_progress'],
  'C/none': ['completed', 'results_complete', 'results_incomplete'],
  'C/P': ['active', 'redraw_in_progress', 'redraw_in_progress'],
  'C/C': ['completed', 'results_complete', 'results_incomplete'],
  'C/X': ['completed', 'results_complete', 'results_incomplete'],
  'C/F': ['completed', 'results_complete', 'results_incomplete'],
  'C/R': ['completed', 'results_complete', 'results_incomplete'],
  'R/none': ['active', 'redraw_expected', 'redraw_expected'],
  'R/P': ['active', 'redraw_in_progress', 'redraw_in_progress'],
  'R/C': ['completed', 'results_complete', 'results_incomplete'],
  'R/X': ['completed', 'results_incomplete', 'results_incomplete'],
  'R/F': ['completed', 'results_incomplete', 'results_incomplete'],
  'R/R': ['completed', 'results_incomplete', 'results_incomplete'],
  'X/none': ['cancelled', 'cancelled', 'cancelled'],
  'X/P': ['active', 'redraw_in_progress', 'redraw_in_progress'],
  'X/C': ['completed', 'results_complete', 'results_incomplete'],
  'X/X': ['cancelled', 'cancelled', 'cancelled'],
  'X/F': ['completed', 'failed', 'failed'],
  'X/R': ['completed', 'results_incomplete', 'results_incomplete'],
  'F/none': ['completed', 'failed', 'failed'],
  'F/P': ['active', 'redraw_in_progress', 'redraw_in_progress'],
  'F/C': ['completed', 'results_complete', 'results_incomplete'],
  'F/X': ['completed', 'failed', 'failed'],
  'F/F': ['completed', 'failed', 'failed'],
  'F/R': ['completed', 'results_incomplete', 'results_incomplete'],
  'unseen/P': ['active', 'redraw_in_progress', 'redraw_in_progress'],
  'unseen/C': ['completed', 'results_complete', 'results_incomplete'],
  'unseen/X': ['completed', 'results_incomplete', 'results_incomplete'],
  'unseen/F': ['completed', 'results_incomplete', 'results_incomplete'],
  'unseen/R': ['completed', 'results_incomplete', 'results_incomplete'],
};

/** The cells that are our judgement: the outcome if Junction reports active, and if it reports completed. */
const REPORTED: Readonly<Record<string, readonly [active: string, completed: string, ifMissing: string]>> = {
  'P/C': ['in_progress', 'results_complete', 'results_incomplete'],
  'P/R': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'C/X': ['in_progress', 'results_complete', 'results_incomplete'],
  'C/F': ['in_progress', 'results_complete', 'results_incomplete'],
  'C/R': ['in_progress', 'results_complete', 'results_incomplete'],
  'R/none': ['redraw_expected', 'results_incomplete', 'results_incomplete'],
  'R/X': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'R/F': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'R/R': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'X/F': ['in_progress', 'failed', 'failed'],
  'X/R': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'F/none': ['in_progress', 'failed', 'failed'],
  'F/X': ['in_progress', 'failed', 'failed'],
  'F/F': ['in_progress', 'failed', 'failed'],
  'F/R': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'unseen/X': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'unseen/F': ['in_progress', 'results_incomplete', 'results_incomplete'],
  'unseen/R': ['in_progress', 'results_incomplete', 'results_incomplete'],
};

interface Telling {
  /** Null if unknown. */
  readonly missing?: boolean | null;
  readonly reported?: string;
  /** How many seconds Junction's report is older than our facts. */
  readonly staleBy?: number;
}

/** A transaction in the cell of this rule, from its orders' own records. */
function inCell(rule: string, { missing = false, reported, staleBy = 0 }: Telling = {}) {
  const [initial = '', redraw = ''] = rule.split('/');
  const present = [initial !== 'unseen' && 1, redraw !== 'none' && 2].filter((n) => n !== false);
  const report = reported
    ? {
        status: reported,
        orders: Object.fromEntries(present.map((n) => [orderId(n), at(10 * n - staleBy)])),
      }
    : null;
  const contributions = present.map((n) =>
    brings(n, {
      events: [event(10 * n, statusOf(n === 1 ? initial : redraw))],
      snapshot: {
        origin: n === 1 ? 'initial' : 'redraw',
        created_at: at(n),
        has_missing_results: missing,
        report,
      },
    }),
  );
  return transactionFrom(...contributions);
}

function statusOf(orderClass: string): string {
  return STATUS_OF_CLASS[orderClass as keyof typeof STATUS_OF_CLASS];
}

describe('the outcome of a transaction', () => {
  test.each(Object.entries(OURS))('in %s is %j', (rule, [status, outcome, ifMissing]) => {
    expect(inCell(rule)).toMatchObject({ rule, status, outcome });
    expect(inCell(rule, { missing: true })).toMatchObject({ rule, status, outcome: ifMissing });
    expect(inCell(rule, { missing: null })).toMatchObject({ rule, status, outcome });
  });

  test('is listed for every cell', () => {
    expect(Object.keys(OURS)).toHaveLength(35);
  });
});

describe("Junction's reported status in a cell of our judgement", () => {
  test.each(Object.entries(REPORTED))('is used in %s: %j', (rule, [active, completed, ifMissing]) => {
    const taken = { rule, rule_source: 'reported', diverges: false };
    expect(inCell(rule, { reported: 'active' })).toMatchObject({
      ...taken,
      status: 'active',
      outcome: active,
    });
    expect(inCell(rule, { reported: 'completed' })).toMatchObject({
      ...taken,
      status: 'completed',
      outcome: completed,
    });
    expect(inCell(rule, { reported: 'completed', missing: true }).outcome).toBe(ifMissing);
    expect(inCell(rule, { reported: 'cancelled' })).toMatchObject({
      ...taken,
      status: 'cancelled',
      outcome: 'cancelled',
    });
  });

  test.each(Object.keys(REPORTED))('is not used in %s if it is older than our facts', (rule) => {
    const [status, outcome] = OURS[rule] ?? [];
    const stale = inCell(rule, { reported: 'cancelled', staleBy: 1 });
    expect(stale).toMatchObject({ status, outcome, rule_source: 'judgement', diverges: false });
    expect(stale.reported_status).toBe('cancelled');
  });

  test.each(Object.keys(REPORTED))('is not used in %s if it is unknown', (rule) => {
    const [status, outcome] = OURS[rule] ?? [];
    const unknown = inCell(rule, { reported: 'paused' });
    expect(unknown).toMatchObject({ status, outcome, rule_source: 'judgement' });
    expect(unknown).toMatchObject({ reported_status: 'paused', diverges: true });
  });
});

describe("Junction's reported status in a documented cell", () => {
  const documented = Object.keys(OURS).filter((rule) => !(rule in REPORTED));

  test('applies to the rest of the 35 cells', () => {
    expect(documented).toHaveLength(17);
  });

  test.each(documented)('does not change %s, but is shown as a divergence', (rule) => {
    const [status, outcome] = OURS[rule] ?? [];
    for (const reported of ['active', 'completed', 'cancelled', 'paused']) {
      const seen = inCell(rule, { reported });
      expect(seen).toMatchObject({ status, outcome, rule_source: 'documented', reported_status: reported });
      expect(seen.diverges).toBe(reported !== status);
    }
  });
});

test('every outcome has one status, in every cell', () => {
  const told = [
    ...Object.values(OURS).flatMap(([status, ...outcomes]) => outcomes.map((one) => [one, status])),
    ...Object.values(REPORTED).flatMap(([active, ...outcomes]) => [
      [active, 'active'],
      ...outcomes.map((one) => [one, 'completed']),
    ]),
  ];
  const pairs = new Set(told.map((pair) => pair.join()));
  expect([...pairs].sort()).toEqual(
    Object.entries(STATUS_OF_OUTCOME)
      .map((pair) => pair.join())
      .sort(),
  );
});
