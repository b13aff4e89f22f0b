import { claimedTransaction } from './membership.ts';
import { eventIdentity } from './order-event.ts';
import type { OrderFacts, OrderRecord, OrderSnapshot } from './order-record.ts';

/** The fields of a snapshot that can change without an event and are used. */
const CHANGING = [
  'activate_by',
  'expected_result_by_date',
  'has_missing_results',
  'interpretation',
  'user_id',
  'worst_case_result_by_date',
] as const satisfies readonly (keyof OrderSnapshot)[];

/**
 * Whether facts hold anything that the order's record lacks. Different spellings of the same facts are not news: a poll of
 * many orders must not write what is known.
 */
export function hasNews(facts: OrderFacts, record: OrderRecord | null): boolean {
  if (!record?.snapshot) return true;
  const held = new Set(record.events.map(eventIdentity));
  if (facts.events.some((event) => !held.has(eventIdentity(event)))) return true;
  if (record.rank !== null && facts.rank <= record.rank) return false;
  const moves = facts.transactionId !== null && facts.transactionId !== claimedTransaction(record);
  return moves || isChanged(facts.snapshot, record.snapshot);
}

function isChanged(reported: OrderSnapshot, held: OrderSnapshot): boolean {
  return CHANGING.some((field) => reported[field] !== held[field]);
}
