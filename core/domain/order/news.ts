import { claimedTransaction } from './membership.ts';
import type { OrderEvent } from './order-event.ts';
import type { OrderFacts, OrderRecord, OrderSnapshot } from './order-record.ts';

/** Of a snapshot what can change without an event and is of use to somebody. */
const CHANGING = [
  'activate_by',
  'expected_result_by_date',
  'has_missing_results',
  'user_id',
  'worst_case_result_by_date',
] as const satisfies readonly (keyof OrderSnapshot)[];

/**
 * Whether facts say anything of their order that its record does not hold. The same facts in another wording are no news:
 * whoever asks about many orders again and again must not write what is known.
 */
export function tellsNews(facts: OrderFacts, record: OrderRecord | null): boolean {
  if (!record?.snapshot) return true;
  const held = new Set(record.events.map(identity));
  if (facts.events.some((event) => !held.has(identity(event)))) return true;
  if (record.rank !== null && facts.rank <= record.rank) return false;
  const moves = facts.transactionId !== null && facts.transactionId !== claimedTransaction(record);
  return moves || isChanged(facts.snapshot, record.snapshot);
}

const identity = ({ created_at, id, status }: OrderEvent) => JSON.stringify([created_at, id, status]);

function isChanged(told: OrderSnapshot, held: OrderSnapshot): boolean {
  return CHANGING.some((field) => told[field] !== held[field]);
}
