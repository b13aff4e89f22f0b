import { later } from '../../../core/domain/instant.ts';
import type { CandidateOrder } from '../../../core/domain/request-refused.ts';
import type { ListedFacts } from '../../../core/junction/client.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import type { Placement } from '../rules/placement.ts';
import { joinOrder } from './join-answer.ts';
import type { OrderingContext } from './ordering-context.ts';
import { OrderingRefused } from './refusals.ts';

/** Junction's clock may differ from this one, and it may work on a request for a while (ms). */
const MARGIN = 600_000;
const RETRY_AFTER = 60;

/**
 * The refusal of a retry that comes after Junction may have dropped the key, and would therefore place a second order. It names
 * the orders of the patient from the time of the first request, so that the caller can see whether the order is among them.
 */
export async function explainUnknownOutcome(
  context: OrderingContext,
  placement: Placement,
  userId: string,
): Promise<OrderingRefused> {
  const begun = `A request with this Idempotency-Key was started at ${placement.first_at}, and its outcome is not known.`;
  const candidates = await candidatesOf(context, placement, userId);
  if (candidates === null) {
    const why = `${begun} Junction cannot list the patient's orders at the moment. Repeat the request to get a list of the orders from that time.`;
    return new OrderingRefused('conflict', why, { retryAfter: RETRY_AFTER });
  }
  const next =
    candidates.length === 0
      ? 'Junction has no orders of the patient from that time. Place the order with a new key.'
      : "The candidates are the patient's orders from that time. If your order is one of them, it is placed. If not, place it with a new key.";
  return new OrderingRefused('conflict', `${begun} ${next}`, { candidates });
}

/** The orders that Junction lists, known here from now on; null if it gives no list now. */
async function candidatesOf(
  context: OrderingContext,
  { first_at, started_at }: Placement,
  userId: string,
): Promise<CandidateOrder[] | null> {
  try {
    const listed = await context.junction.ordersOfUser(
      userId,
      later(first_at, -MARGIN),
      later(started_at, MARGIN),
    );
    for (const { facts } of listed) if (facts) await joinOrder(context.projection, facts);
    return listed.map(candidate);
  } catch (error) {
    if (error instanceof JunctionUnavailable) return null;
    throw error;
  }
}

const candidate = ({ id, facts }: ListedFacts): CandidateOrder => ({
  order_id: id,
  order_transaction_id: facts?.transactionId ?? null,
  created_at: facts?.snapshot.created_at ?? null,
});
