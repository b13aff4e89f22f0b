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
  ascending: boolean;
}

export function matches(facts: OrderFacts, filter: OrderFilter, now: Instant): boolean {
  const activation = facts.activateBy !== null && facts.activateBy > now ? 'scheduled' : 'current';
  const is = (wanted: string | null, one: string | null): boolean => wanted === null || wanted === one;
  const isAny = (wanted: readonly string[], one: string): boolean =>
    wanted.length === 0 || wanted.includes(one);
  const isBetween = (time: Instant, from: Instant | null, to: Instant | null): boolean =>
    (from === null || time >= from) && (to === null || time <= to);
  const isCritical = facts.interpretation === 'critical';
  return [
    isAny(filter.orderIds, facts.orderId),
    is(filter.transactionId, facts.transactionId),
    is(filter.userId, facts.userId),
    isAny(filter.statuses, facts.low),
    isAny(filter.modalities, facts.modality),
    is(filter.interpretation, facts.interpretation),
    filter.isCritical === null || filter.isCritical === isCritical,
    isAny(filter.activations, activation),
    isBetween(facts.createdAt, filter.createdFrom, filter.createdTo),
    isBetween(facts.updatedAt, filter.updatedFrom, filter.updatedTo),
  ].every(Boolean);
}
