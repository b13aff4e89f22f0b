import type * as z from 'zod/mini';
import type { Explanation } from '../../domain/explanation/explanation.ts';
import { nextStepOf } from '../../domain/next-step/next-step-of.ts';
import { combinedState } from '../../domain/order/critical-result.ts';
import { knownChecks } from '../../domain/stored/junction-check.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import {
  type FollowUpMarks,
  shownRedrawState,
  uncheckedReason,
} from '../../domain/transaction/acknowledgement.ts';
import { reachOf } from '../../domain/transaction/told.ts';
import { followUpAt } from '../../domain/worklist/postponed.ts';
import { patientReach } from '../../domain/worklist/reach.ts';
import { reviewOf } from '../../domain/worklist/reviewed.ts';
import type { HasScope } from '../../http/identity.ts';
import { eachIntact } from '../../store/damaged-items.ts';
import type { Table } from '../../store/table.ts';
import { shownInterpretation } from '../results/shown-interpretation.ts';
import { transaction, transactionList } from './answer.ts';

/** A transaction as the API shows it to a caller. Fields that the schema does not name are dropped. */
export function showTransaction(
  stored: StoredTransaction,
  hasScope: HasScope,
  explanation?: Explanation,
): z.output<typeof transaction> {
  const { redraw, decision, marks, contributions, told, contact = null } = stored;
  return transaction.parse({
    ...stored,
    orders: stored.orders.map((order) => ({
      ...order,
      interpretation: shownInterpretation(order, hasScope),
      critical_result: contributions[order.id]?.critical ?? null,
    })),
    critical_result: combinedState(stored.orders.map(({ id }) => contributions[id]?.critical)),
    ...(explanation && { explanation }),
    redraw: redraw && {
      ...redraw,
      state: shownRedrawState(redraw, marks),
      stale_since: marks.stale_since,
      decision,
      ...showMarks(marks),
    },
    decision: decision && { ...decision, ...showMarks(marks) },
    open_order: showOpenOrder(stored),
    next_step: nextStepOf(stored),
    junction_checks: knownChecks(stored),
    unanswered_checks: stored.unanswered && { since: null, ...stored.unanswered },
    told: told ? { ...told, reached: reachOf(told) === 'told' } : null,
    contact,
    reach: patientReach(stored),
    assignment: showAssignment(stored),
    review: reviewOf(stored),
  });
}

/** Who owns a transaction as the API shows it; null if nobody does. */
export function showAssignment(stored: StoredTransaction) {
  const { assignment } = stored;
  return assignment && assignment.assignee !== null
    ? { ...assignment, follow_up_at: followUpAt(stored) }
    : null;
}

/** The open order of a transaction with its marks; null if there is none. */
export function showOpenOrder({ open_order, marks }: StoredTransaction) {
  return open_order && { ...open_order, stalled_since: marks.stale_since, ...showMarks(marks) };
}

function showMarks(marks: FollowUpMarks) {
  const { acknowledgement: given, withdrawal = null } = marks;
  const acknowledgement = given && { ...given, decided: given.decided ?? null };
  const unchecked_reason = uncheckedReason(marks);
  return { unchecked: unchecked_reason !== null, unchecked_reason, acknowledgement, withdrawal };
}

/** A page of transactions. One that cannot be shown is left out. */
export function showTransactionList(
  table: Table,
  stored: readonly StoredTransaction[],
  next_cursor: string | null,
  hasScope: HasScope,
) {
  return transactionList.parse({
    transactions: eachIntact(
      table,
      stored,
      ({ id }) => `TX#${id}`,
      (one) => showTransaction(one, hasScope),
    ),
    next_cursor,
  });
}
