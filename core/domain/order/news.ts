import { bringsCriticalResult } from './critical-result.ts';
import { claimedTransaction } from './membership.ts';
import { eventIdentity } from './order-event.ts';
import type { OrderFacts, OrderRecord, OrderSnapshot } from './order-record.ts';

/** The snapshot fields we use that can change without an event. */
const CHANGING = [
  'activate_by',
  'expected_result_by_date',
  'has_missing_results',
  'interpretation',
  'user_id',
  'worst_case_result_by_date',
] as const satisfies readonly (keyof OrderSnapshot)[];

/**
 * Whether the facts add anything to the order's record. The same facts in another format do not count: a poll of
 * many orders must not rewrite known facts.
 */
export function hasNews(facts: OrderFacts, record: OrderRecord | null): boolean {
  if (!record?.snapshot || bringsCriticalResult(facts.critical, record)) return true;
  const held = new Set(record.events.map(eventIdentity));
  if (facts.events.some((event) => !held.has(eventIdentity(event)))) return true;
  if (record.rank !== null && facts.rank <= record.rank) return false;
  const moves = facts.transactionId !== null && facts.transactionId !== claimedTransaction(record);
  return moves || isChanged(facts.snapshot, record.snapshot);
}

function isChanged(reported: OrderSnapshot, held: OrderSnapshot): boolean {
  return CHANGING.some((field) => reported[field] !== held[field]);
}
