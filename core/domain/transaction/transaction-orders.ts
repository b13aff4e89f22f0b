import type { Instant } from '../instant.ts';
import { type SiblingFact, statusKey } from '../order/order-record.ts';
import { type OrderClass, orderClass } from '../order/status.ts';
import { byKey, greatest } from '../ordering.ts';
import type { Contribution } from './contribution.ts';

/** All a transaction holds: for each of its orders, and for those that are set apart, what the record brought. */
export type Contributions = Readonly<Record<string, Contribution>>;

/** An order as its transaction sees it: the newest known from its own record and from its siblings. */
export interface TransactionOrder {
  readonly id: string;
  readonly origin: string | null;
  readonly parent_id: string | null;
  readonly modality: string | null;
  readonly status: string | null;
  readonly low_level_status: string | null;
  readonly low_level_status_created_at: Instant | null;
  readonly created_at: Instant | null;
  readonly has_missing_results: boolean | null;
}

/** The class that counts for the truth table. */
export function classOf(order: TransactionOrder): OrderClass {
  return orderClass(order.low_level_status, order.status);
}

/** The orders of the transaction, ascending by creation. What is heard of any other order counts nowhere. */
export function ordersOf(contributions: Contributions): TransactionOrder[] {
  const heard = Object.values(contributions).flatMap((contribution) => contribution.heard);
  return Object.entries(contributions)
    .map(([id, own]) =>
      joined(
        id,
        own,
        heard.filter((fact) => fact.order_id === id),
      ),
    )
    .sort(byKey((order) => [order.created_at === null ? 1 : 0, order.created_at ?? '', order.id]));
}

function joined(id: string, own: Contribution, heard: readonly SiblingFact[]): TransactionOrder {
  return {
    id,
    origin: own.origin ?? newestHeard(heard, 'origin'),
    parent_id: own.parent_id ?? newestHeard(heard, 'parent_id'),
    modality: own.modality,
    ...newestStatus(own, heard),
    created_at: own.created_at ?? newestHeard(heard, 'created_at'),
    has_missing_results: own.has_missing_results,
  };
}

function newestHeard(heard: readonly SiblingFact[], field: 'origin' | 'parent_id' | 'created_at') {
  const known = heard.filter((fact) => fact[field] !== null);
  return greatest(known, (fact) => [fact.status_at ?? '', fact[field] ?? ''])?.[field] ?? null;
}

/** Something that was said of an order's status. */
export interface StatusClaim {
  /** High level; only an order's own record says it. */
  readonly high: string | null;
  readonly status: string | null;
  readonly status_at: Instant | null;
  readonly own: boolean;
}

/** What is said of an order's status, the one that counts first: by its record, and by the payloads of others. */
export function statusClaims<Heard extends SiblingFact>(
  own: Contribution | undefined,
  heard: readonly Heard[],
): (StatusClaim | (StatusClaim & Heard))[] {
  const said = heard.filter((fact) => fact.status !== null);
  // A record without any status says nothing about it.
  const says = own && (own.low_level_status ?? own.status) !== null ? own : null;
  const ownClaim = says && {
    high: says.status,
    status: says.low_level_status,
    status_at: says.low_level_status_created_at,
    own: true,
  };
  const claims = [
    ...said.map((fact) => ({ ...fact, high: null, own: false })),
    ...(ownClaim ? [ownClaim] : []),
  ];
  return claims.sort(byKey((claim) => statusKey(claim, claim.own))).reverse();
}

function newestStatus(own: Contribution | undefined, heard: readonly SiblingFact[]) {
  const [newest] = statusClaims(own, heard);
  return {
    status: newest?.high ?? null,
    low_level_status: newest?.status ?? null,
    low_level_status_created_at: newest?.status_at ?? null,
  };
}
