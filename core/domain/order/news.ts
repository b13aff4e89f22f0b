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
 * who asks about many orders over and over again must not write what it knows.
 */
export function tellsNews(
  { events, snapshot, transactionIds }: OrderFacts,
  record: OrderRecord | null,
): boolean {
  if (!record?.snapshot) return true;
  const held = new Set(record.events.map(identity));
  return (
    events.some((event) => !held.has(identity(event))) ||
    transactionIds.some((id) => !record.transactionIds.includes(id)) ||
    isChanged(snapshot, record.snapshot)
  );
}

const identity = ({ created_at, id, status }: OrderEvent) => JSON.stringify([created_at, id, status]);

function isChanged(told: OrderSnapshot, held: OrderSnapshot): boolean {
  const newer = (told.updated_at ?? '') > (held.updated_at ?? '');
  return newer && CHANGING.some((field) => told[field] !== held[field]);
}
