import type * as z from 'zod/mini';
import { learnedEvents } from '../../domain/order/arrivals.ts';
import { drawEvidence } from '../../domain/order/draw-evidence.ts';
import type { MatchReview } from '../../domain/order/match-review.ts';
import { eventIdentity } from '../../domain/order/order-event.ts';
import {
  clientUserId,
  EMPTY_SNAPSHOT,
  type OrderRecord,
  statusDetailOf,
  statusOf,
  userId,
} from '../../domain/order/order-record.ts';
import type { HasScope } from '../../http/identity.ts';
import { matchReviewsOf } from '../../store/match-reviews/match-review-reading.ts';
import type { Table } from '../../store/table.ts';
import { displayedTransactionId } from '../../use-cases/team-visibility.ts';
import { showCriticalState } from '../critical-results/representation.ts';
import { shownInterpretation } from '../results/shown-interpretation.ts';
import { order } from './answer.ts';

/**
 * An order as the API shows it to a caller: its record, the id of the transaction that shows it, null for a provisional one, and the
 * match reviews that assigned a result to it. Fields that the schema does not name are dropped.
 */
export function showOrder(
  record: OrderRecord,
  order_transaction_id: string | null,
  matchReviews: readonly MatchReview[],
  hasScope: HasScope,
): z.output<typeof order> {
  const snapshot = record.snapshot ?? EMPTY_SNAPSHOT;
  return order.parse({
    ...snapshot,
    interpretation: shownInterpretation(snapshot, hasScope),
    id: record.id,
    order_transaction_id,
    ...statusOf(record),
    status_detail: statusDetailOf(record),
    user_id: userId(record),
    client_user_id: clientUserId(record),
    events: learnedEvents(record).map((event) => ({
      ...event,
      id: shownId(event.id),
      status_detail: snapshot.status_details[eventIdentity(event)] ?? null,
    })),
    draw_evidence: drawEvidence(record),
    appointments: [...record.appointments].sort(byStart),
    critical_results: record.criticalResults,
    critical_result: showCriticalState(record),
    match_reviews: matchReviews.filter(({ closed_at }) => closed_at !== null),
    registered_at: record.registered?.at ?? null,
    discarded: record.discarded ?? null,
  });
}

/** The same, with what is read for it. */
export async function readShownOrder(table: Table, record: OrderRecord, hasScope: HasScope) {
  const [transactionId, matchReviews] = await Promise.all([
    displayedTransactionId({ table }, record),
    matchReviewsOf(table, record.id),
  ]);
  return showOrder(record, transactionId, matchReviews, hasScope);
}

/** Junction's event ids are integers and stored as text. They are shown as Junction sends them. */
function shownId(id: string): number | string {
  return /^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}

function byStart(
  a: { start_at: string | null; id: string },
  b: { start_at: string | null; id: string },
): number {
  const [left, right] = [`${a.start_at ?? ''}${a.id}`, `${b.start_at ?? ''}${b.id}`];
  return left < right ? -1 : 1;
}
