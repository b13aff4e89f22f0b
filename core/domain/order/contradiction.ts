import { isSameJson } from '../json.ts';
import { eventIdentity, isSameFact, type OrderEvent } from './order-event.ts';
import type { OrderSnapshot } from './order-record.ts';

/** The part of a payload that can contradict another one. */
export interface Statement {
  readonly events: readonly OrderEvent[];
  readonly snapshot: OrderSnapshot;
}

/** The fields that every payload of Junction states about the order itself. */
const STATED = [
  'activate_by',
  'created_at',
  'expected_result_by_date',
  'has_missing_results',
  'interpretation',
  'lab_test',
  'modality',
  'origin',
  'parent_id',
  'status_details',
  'worst_case_result_by_date',
] as const satisfies readonly (keyof OrderSnapshot)[];

/** The fields that the envelope of a webhook can add, so that their absence says nothing. */
const ADDED = ['team_id', 'user_id'] as const satisfies readonly (keyof OrderSnapshot)[];

/** Whether two payloads of one order with the same events cannot both be right at the same time. */
export function contradict(one: Statement, other: Statement): boolean {
  return isChanged(one.snapshot, other.snapshot) || isRewritten(one.events, other.events);
}

/** Whether something about the order differs that can change without an event. */
export function isChanged(one: OrderSnapshot, other: OrderSnapshot): boolean {
  return STATED.some((field) => !isSameJson(one[field], other[field])) || isOfDifferentOwners(one, other);
}

/** Whether the payloads name different users, or different teams. */
export function isOfDifferentOwners(one: OrderSnapshot, other: OrderSnapshot): boolean {
  return ADDED.some((field) => one[field] !== null && other[field] !== null && one[field] !== other[field]);
}

/** Whether one list states another time or status of an event of the other. */
export function isRewritten(one: readonly OrderEvent[], other: readonly OrderEvent[]): boolean {
  const known = new Map(other.map((event) => [eventIdentity(event), event]));
  return one.some((event) => {
    const same = known.get(eventIdentity(event));
    return same !== undefined && !isSameFact(event, same);
  });
}
