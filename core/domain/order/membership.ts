import { BEFORE_ALL_TIME, type Instant } from '../instant.ts';
import { greatest } from '../sort-keys.ts';

/** The sources of claims, strongest first. See docs/state-model.md, Membership. */
export const CLAIM_SOURCES = ['own', 'listed', 'registered'] as const;
export type ClaimSource = (typeof CLAIM_SOURCES)[number];

/** A statement that an order belongs to a transaction. Of two claims of one source the greater rank is the newer. */
export interface Claim {
  readonly transaction_id: string;
  readonly rank: string;
}

/** A payload's statement that another order is in the list of this transaction. */
export interface Listing {
  readonly order_id: string;
  readonly transaction_id: string;
  /** The time of the newest fact in the list; null if none has a time. */
  readonly as_of: Instant | null;
}

/**
 * Everything that determines which transaction an order belongs to. An order of a different user is excluded from it:
 * ../transaction/ownership.ts.
 */
export interface Membership {
  readonly id: string;
  /** The best claim of each source; null if the source has none. */
  readonly claims: Readonly<Record<ClaimSource, Claim | null>>;
  /** Every transaction that any claim ever named, so that a move can remove the order from each. */
  readonly claimedBy: readonly string[];
  /** Whether it was ever in a provisional transaction (one with the order's own id). */
  readonly wasProvisional: boolean;
}

/** Of several claims of one source, the one that counts: the greatest by rank, then by transaction id. */
export function bestClaim(claims: Iterable<Claim>): Claim | null {
  return greatest(claims, ({ rank, transaction_id }) => [rank, transaction_id]) ?? null;
}

/** The source whose claim decides; null if nothing claims the order. */
export function decidingSource({ claims }: Pick<Membership, 'claims'>): ClaimSource | null {
  return CLAIM_SOURCES.find((source) => claims[source] !== null) ?? null;
}

/** The transaction that the deciding claim names; null if nothing claims the order. */
export function claimedTransaction(membership: Pick<Membership, 'claims'>): string | null {
  const source = decidingSource(membership);
  return source && (membership.claims[source]?.transaction_id ?? null);
}

/** The transaction that Junction itself named, by an own or listed claim; null if it named none. */
export function reportedTransaction({ claims }: Pick<Membership, 'claims'>): string | null {
  return (claims.own ?? claims.listed)?.transaction_id ?? null;
}

/** The transaction an order belongs to: the claimed one, otherwise a provisional one under its own id. */
export function homeOf(membership: Pick<Membership, 'id' | 'claims'>): string {
  return claimedTransaction(membership) ?? membership.id;
}

/** The other transactions that may ever have held the order. */
export function formerHomesOf(membership: Membership): string[] {
  const { id, claimedBy, wasProvisional } = membership;
  const home = homeOf(membership);
  return [...new Set([...claimedBy, ...(wasProvisional ? [id] : [])])].filter((one) => one !== home);
}

/** Whether Junction and the customer name different transactions. A listed claim counts only without an own claim. */
export function hasConflictingClaims(membership: Pick<Membership, 'claims'>): boolean {
  const reported = reportedTransaction(membership);
  const registered = membership.claims.registered?.transaction_id ?? null;
  return reported !== null && registered !== null && reported !== registered;
}

/** The claim of a list in the payloads of the order `listedBy`. */
export const listedClaim = (
  listedBy: string,
  { transaction_id, as_of }: Omit<Listing, 'order_id'>,
): Claim => ({
  transaction_id,
  rank: [as_of ?? BEFORE_ALL_TIME, listedBy, transaction_id].join('|'),
});

/** The order whose list a claim by `listedClaims` comes from; null for another claim. */
export const listerIn = (rank: string): string | null => rank.split('|')[1] ?? null;

/** The claims of the order `listedBy` for each other order that its payloads list. */
export function listedClaims(listedBy: string, listings: readonly Listing[]): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const { order_id, ...listing } of listings) {
    const claim = listedClaim(listedBy, listing);
    const best = bestClaim([claim, ...(claims.get(order_id) ? [claims.get(order_id) as Claim] : [])]);
    if (best && order_id !== listedBy) claims.set(order_id, best);
  }
  return claims;
}
