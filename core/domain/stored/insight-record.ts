import * as z from 'zod/mini';
import { INSIGHT_OUTCOMES, type Insight, insightOf } from '../insights/insight.ts';
import type { Published } from './published.ts';
import { type HeldTransaction, isEmptied, type StoredTransaction } from './stored-transaction.ts';

const textOrNone = z.nullable(z.string());
const hours = z.nullable(z.int());
const names = z.array(z.string());

/**
 * What the insights count of a transaction that closed, as one flat row. It holds no id of a patient.
 */
export const insightRecord = z.object({
  transaction_id: z.string(),
  /** Of two records of a transaction, the one with the greater revision replaces the other. */
  revision: z.int(),
  /** The newest fact of the transaction. */
  updated_at: textOrNone,
  team_id: textOrNone,
  /** The month (UTC) in which it was created, `2026-11`. */
  month: z.string(),
  lab: textOrNone,
  test: textOrNone,
  /** `open`: it is active again. `moved`: its orders are in another transaction, which has a record of its own. */
  outcome: z.enum([...INSIGHT_OUTCOMES, 'moved']),
  overdue: z.boolean(),
  hours_awaiting_requisition: hours,
  hours_awaiting_appointment: hours,
  hours_awaiting_draw: hours,
  hours_awaiting_result: hours,
  hours_until_results: hours,
  had_redraw: z.boolean(),
  redraw_overdue: z.boolean(),
  redraw_markers: names,
  redraw_failure_types: names,
  redraw_hours_awaiting_order: hours,
  redraw_hours_awaiting_requisition: hours,
  redraw_hours_awaiting_appointment: hours,
  redraw_hours_awaiting_draw: hours,
  redraw_hours_awaiting_result: hours,
  redraw_hours_until_results: hours,
});
export type InsightRecord = z.output<typeof insightRecord>;

/**
 * The record that a change of a transaction adds: of one that closed, or whose figures have changed since. If it is no longer
 * closed, its last record with the new outcome. Null if nothing has changed. `before` is what was published before it.
 */
export function newInsightRecord(
  before: Pick<Published, 'insight' | 'updated_at'> | null,
  after: HeldTransaction,
): InsightRecord | null {
  const { id, revision } = after;
  const known = before?.insight && recordOf({ id, revision, updated_at: before.updated_at }, before.insight);
  const insight = isEmptied(after) ? null : insightOf(after);
  if (insight && insight.outcome !== 'open' && !isEmptied(after)) {
    const record = recordOf(after, insight);
    const isSame = JSON.stringify({ ...known, updated_at: after.updated_at }) === JSON.stringify(record);
    return isSame ? null : record;
  }
  return known ? { ...known, outcome: isEmptied(after) ? 'moved' : 'open' } : null;
}

function recordOf(
  { id, revision, updated_at }: Pick<StoredTransaction, 'id' | 'revision' | 'updated_at'>,
  insight: Insight,
): InsightRecord {
  const { month, team_id, lab, test, outcome, overdue, hours, redraw } = insight;
  return {
    transaction_id: id,
    revision,
    updated_at,
    team_id,
    month,
    lab,
    test,
    outcome,
    overdue,
    hours_awaiting_requisition: hours.awaiting_requisition ?? null,
    hours_awaiting_appointment: hours.awaiting_appointment ?? null,
    hours_awaiting_draw: hours.awaiting_draw ?? null,
    hours_awaiting_result: hours.awaiting_result ?? null,
    hours_until_results: hours.until_results ?? null,
    had_redraw: redraw !== null,
    redraw_overdue: redraw?.overdue ?? false,
    redraw_markers: [...(redraw?.markers ?? [])],
    redraw_failure_types: [...(redraw?.failure_types ?? [])],
    redraw_hours_awaiting_order: redraw?.hours.awaiting_order ?? null,
    redraw_hours_awaiting_requisition: redraw?.hours.awaiting_requisition ?? null,
    redraw_hours_awaiting_appointment: redraw?.hours.awaiting_appointment ?? null,
    redraw_hours_awaiting_draw: redraw?.hours.awaiting_draw ?? null,
    redraw_hours_awaiting_result: redraw?.hours.awaiting_result ?? null,
    redraw_hours_until_results: redraw?.hours.until_results ?? null,
  };
}
