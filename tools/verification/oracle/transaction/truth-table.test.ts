import { describe, expect, test } from 'vitest';
import { delivered, event, listed, march, orderId, transaction, transactionId, walkIn } from '../bodies.ts';
import { expectedState } from '../oracle.ts';
import type { Delivery } from '../reading/facts.ts';
import type { ExpectedTransaction } from './transaction-truth.ts';

const LOW = {
  P: 'requisition_created',
  C: 'completed',
  R: 'redraw_available',
  X: 'cancelled',
  F: 'sample_error',
};
type Class = keyof typeof LOW;
const UNCALLED = 'redraw_without_redraw_available';
const AGAIN = 'redraw_of_redraw';

// Worked out by hand from the table, one row per cell: the result if no results are missing, and if some are.
const CELLS: [
  rule: string,
  status: string,
  outcome: string,
  ifMissing: string,
  source: string,
  anomaly: string,
][] = [
  ['P/none', 'active', 'in_progress', 'in_progress', 'documented', ''],
  ['P/P', 'active', 'redraw_in_progress', 'redraw_in_progress', 'documented', UNCALLED],
  ['P/C', 'completed', 'results_complete', 'results_incomplete', 'judgement', UNCALLED],
  ['P/X', 'active', 'in_progress', 'in_progress', 'documented', UNCALLED],
  ['P/F', 'active', 'in_progress', 'in_progress', 'documented', UNCALLED],
  ['P/R', 'active', 'in_progress', 'in_progress', 'judgement', AGAIN],
  ['C/none', 'completed', 'results_complete', 'results_incomplete', 'documented', ''],
  ['C/P', 'active', 'redraw_in_progress', 'redraw_in_progress', 'documented', UNCALLED],
  ['C/C', 'completed', 'results_complete', 'results_incomplete', 'documented', ''],
  ['C/X', 'completed', 'results_complete', 'results_incomplete', 'judgement', ''],
  ['C/F', 'completed', 'results_complete', 'results_incomplete', 'judgement', ''],
  ['C/R', 'completed', 'results_complete', 'results_incomplete', 'judgement', AGAIN],
  ['R/none', 'active', 'redraw_expected', 'redraw_expected', 'judgement', ''],
  ['R/P', 'active', 'redraw_in_progress', 'redraw_in_progress', 'documented', ''],
  ['R/C', 'completed', 'results_complete', 'results_incomplete', 'documented', ''],
  ['R/X', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', ''],
  ['R/F', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', ''],
  ['R/R', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', AGAIN],
  ['X/none', 'cancelled', 'cancelled', 'cancelled', 'documented', ''],
  ['X/P', 'active', 'redraw_in_progress', 'redraw_in_progress', 'documented', UNCALLED],
  ['X/C', 'completed', 'results_complete', 'results_incomplete', 'documented', UNCALLED],
  ['X/X', 'cancelled', 'cancelled', 'cancelled', 'documented', ''],
  ['X/F', 'completed', 'failed', 'failed', 'judgement', UNCALLED],
  ['X/R', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', AGAIN],
  ['F/none', 'completed', 'failed', 'failed', 'judgement', ''],
  ['F/P', 'active', 'redraw_in_progress', 'redraw_in_progress', 'documented', UNCALLED],
  ['F/C', 'completed', 'results_complete', 'results_incomplete', 'documented', UNCALLED],
  ['F/X', 'completed', 'failed', 'failed', 'judgement', UNCALLED],
  ['F/F', 'completed', 'failed', 'failed', 'judgement', UNCALLED],
  ['F/R', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', AGAIN],
  ['unseen/P', 'active', 'redraw_in_progress', 'redraw_in_progress', 'documented', ''],
  ['unseen/C', 'completed', 'results_complete', 'results_incomplete', 'documented', ''],
  ['unseen/X', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', ''],
  ['unseen/F', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', ''],
  ['unseen/R', 'completed', 'results_incomplete', 'results_incomplete', 'judgement', AGAIN],
];

// The cells that are our judgement, and the outcome if Junction's status is used instead: active, completed.
const JUDGED: [rule: string, ifActive: string, ifCompleted: string][] = [
  ['P/C', 'in_progress', 'results_complete'],
  ['P/R', 'in_progress', 'results_incomplete'],
  ['C/X', 'in_progress', 'results_complete'],
  ['C/F', 'in_progress', 'results_complete'],
  ['C/R', 'in_progress', 'results_complete'],
  ['R/none', 'redraw_expected', 'results_incomplete'],
  ['R/X', 'in_progress', 'results_incomplete'],
  ['R/F', 'in_progress', 'results_incomplete'],
  ['R/R', 'in_progress', 'results_incomplete'],
  ['X/F', 'in_progress', 'failed'],
  ['X/R', 'in_progress', 'results_incomplete'],
  ['F/none', 'in_progress', 'failed'],
  ['F/X', 'in_progress', 'failed'],
  ['F/F', 'in_progress', 'failed'],
  ['F/R', 'in_progress', 'results_incomplete'],
  ['unseen/X', 'in_progress', 'results_incomplete'],
  ['unseen/F', 'in_progress', 'results_incomplete'],
  ['unseen/R', 'in_progress', 'results_incomplete'],
];

/** An initial order (1) on day 3 and a redraw (2) on day 4, each in the class that the rule names. */
function deliveries(rule: string, missing: boolean | null, reported: string | null): Delivery[] {
  const [initial, redraw] = rule.split('/').map((name) => (name in LOW ? LOW[name as Class] : null));
  const entries = [
    ...(initial ? [listed(1, initial, march(3))] : []),
    ...(redraw ? [listed(2, redraw, march(4), { origin: 'redraw' })] : []),
  ];
  const shared = { has_missing_results: missing, order_transaction: transaction(1, reported, entries) };
  return [
    ...(initial ? [delivered(walkIn(1, [event(1, initial, march(3))], shared))] : []),
    ...(redraw ? [delivered(walkIn(2, [event(1, redraw, march(4))], { ...shared, origin: 'redraw' }))] : []),
  ];
}

function only(sent: Delivery[]): ExpectedTransaction {
  const [held, ...others] = expectedState(sent).transactions.values();
  if (!held || others.length > 0) throw new Error('expected exactly one transaction');
  expect(held.id).toBe(transactionId(1));
  return held;
}

describe('the truth table, cell by cell', () => {
  test('has a row for each of its 35 cells', () => {
    expect(new Set(CELLS.map(([rule]) => rule)).size).toBe(35);
  });

  test.each(CELLS)('%s is %s', (rule, status, outcome, ifMissing, source, anomaly) => {
    for (const missing of [null, false, true]) {
      const held = only(deliveries(rule, missing, null));
      expect(held).toMatchObject({
        rule,
        status,
        rule_source: source,
        reported_status: null,
        diverges: false,
      });
      expect(held.outcome).toBe(missing === true ? ifMissing : outcome);
      expect(held.anomalies).toEqual(
        anomaly ? [{ code: anomaly, order_id: orderId(2), first_seen_at: march(4) }] : [],
      );
    }
  });

  test.each(CELLS)(
    "%s: Junction's status against a documented cell only diverges",
    (rule, status, outcome, _m, source) => {
      if (source !== 'documented') return;
      for (const reported of ['active', 'completed', 'cancelled', 'on_hold']) {
        expect(only(deliveries(rule, false, reported))).toMatchObject({
          status,
          outcome,
          rule_source: 'documented',
          reported_status: reported,
          diverges: reported !== status,
        });
      }
    },
  );
});

describe("Junction's status if the cell is our judgement", () => {
  test('has a row for each of these cells', () => {
    const judged = CELLS.filter(([, , , , source]) => source === 'judgement').map(([rule]) => rule);
    expect(JUDGED.map(([rule]) => rule)).toEqual(judged);
  });

  test.each(JUDGED)('is used in %s', (rule, ifActive, ifCompleted) => {
    const outcomes = { active: ifActive, completed: ifCompleted, cancelled: 'cancelled' };
    for (const [reported, outcome] of Object.entries(outcomes)) {
      expect(only(deliveries(rule, false, reported))).toMatchObject({
        rule,
        status: reported,
        outcome,
        rule_source: 'reported',
        reported_status: reported,
        diverges: false,
      });
    }
  });

  test('is not used if it is not one of the three, and only diverges', () => {
    expect(only(deliveries('R/none', false, 'on_hold'))).toMatchObject({
      status: 'active',
      rule_source: 'judgement',
      reported_status: 'on_hold',
      diverges: true,
    });
  });

  test('is not used if it does not cover our facts', () => {
    const early = walkIn(1, [event(1, 'redraw_available', march(3))], {
      order_transaction: transaction(1, 'completed', [listed(1, 'redraw_available', march(3))]),
    });
    const redraw = walkIn(2, [event(1, 'cancelled', march(4))], {
      origin: 'redraw',
      order_transaction: transaction(1, null, []),
    });
    expect(only([delivered(early), delivered(redraw)])).toMatchObject({
      rule: 'R/X',
      status: 'completed',
      rule_source: 'judgement',
      reported_status: 'completed',
      diverges: false,
    });
  });
});
