import type { Instant } from '../time.ts';
import type { OrderFacts } from '../world/known.ts';

/** The filter of a list of orders. Empty and null fields match all. */
export interface OrderFilter {
  orderIds: readonly string[];
  transactionId: string | null;
  userId: string | null;
  /** Matches any of these low-level statuses. */
  statuses: readonly string[];
  modalities: readonly string[];
  interpretation: string | null;
  isCritical: boolean | null;
  /** `scheduled`: activated on a later day; `current`: the others. */
  activations: readonly string[];
  createdFrom: Instant | null;
  createdTo: Instant | null;
  updatedFrom: Instant | null;
  updatedTo: Instant | null;
  /** Substrings of names, case-insensitive; `search` also finds ids and birth dates. */
  patientName: string | null;
  receiverName: string | null;
  search: string | null;
  key: OrderKey;
  ascending: boolean;
}

export const ORDER_KEYS = ['created_at', 'patient_name', 'last_status'] as const;
export type OrderKey = (typeof ORDER_KEYS)[number];

export function matches(facts: OrderFacts, filter: OrderFilter, now: Instant): boolean {
  const { orderId, userId, patientName, receiverName, birthDate } = facts;
  const isScheduled = facts.activateBy !== null && facts.activateBy > now;
  // Stops at the first mismatch: polls test every order, and few have changed.
  return (
    isBetween(facts.updatedAt, filter.updatedFrom, filter.updatedTo) &&
    isBetween(facts.createdAt, filter.createdFrom, filter.createdTo) &&
    isAny(filter.orderIds, orderId) &&
    is(filter.transactionId, facts.transactionId) &&
    is(filter.userId, userId) &&
    isAny(filter.statuses, facts.low) &&
    isAny(filter.modalities, facts.modality) &&
    is(filter.interpretation, facts.interpretation) &&
    is(filter.isCritical, facts.interpretation === 'critical') &&
    isAny(filter.activations, isScheduled ? 'scheduled' : 'current') &&
    contains([patientName], filter.patientName) &&
    contains([receiverName], filter.receiverName) &&
    contains([orderId, userId, patientName, receiverName, birthDate], filter.search)
  );
}

const is = <T>(wanted: T | null, one: T | null): boolean => wanted === null || wanted === one;

const isAny = (wanted: readonly string[], one: string): boolean =>
  wanted.length === 0 || wanted.includes(one);

const isBetween = (time: Instant, from: Instant | null, to: Instant | null): boolean =>
  (from === null || time >= from) && (to === null || time <= to);

export function sortKey({ createdAt, patientName, low }: OrderFacts, key: OrderKey): string | number {
  if (key === 'patient_name') return patientName.toLowerCase();
  return key === 'last_status' ? low : createdAt;
}

function contains(texts: readonly string[], wanted: string | null): boolean {
  return wanted === null || texts.some((text) => text.toLowerCase().includes(wanted.toLowerCase()));
}
