import { BEFORE_ALL_TIME, type Instant } from '../instant.ts';
import { greatest } from '../ordering.ts';

/** Who says that an order belongs to a transaction, strongest first. See docs/state-model.md, Membership. */
export const CLAIM_SOURCES = ['own', 'listed', 'registered'] as const;
export type ClaimSource = (typeof CLAIM_SOURCES)[number];

/** A statement that an order belongs to a transaction. Of two claims of one source the greater rank is the newer. */
export interface Claim {
  readonly transaction_id: string;
  readonly rank: string;
}

/** What one payload says about another order: that it stands in the list of this transaction. */
export interface Listing {
  readonly order_id: string;
  readonly transaction_id: string;
  /** The newest fact in the list; null where none has a time. */
  readonly as_of: Instant | null;
}

/** Everything that says where an order belongs. */
export interface Membership {
  readonly id: string;
  /** The best claim of each source; null where the source makes none. */
  readonly claims: Readonly<Record<ClaimSource, Claim | null>>;
  /** Every transaction that any claim ever named, so that a move can take the order out of each. */
  readonly claimedBy: readonly string[];
  /** Whether it ever stood in a provisional transaction under its own id. */
  readonly stoodAlone: boolean;
}

/** The claim that counts of several of one source: the greatest by rank, then by transaction id. */
export function bestClaim(claims: Iterable<Claim>): Claim | null {
  return greatest(claims, ({ rank, transaction_id }) => [rank, transaction_id]) ?? null;
}

/** The source whose claim decides; null where nothing claims the order. */
export function decidingSource({ claims }: Pick<Membership, 'claims'>): ClaimSource | null {
  return CLAIM_SOURCES.find((source) => claims[source] !== null) ?? null;
}

/** The transaction that claims the order; null while it stands alone. */
export function claimedTransaction(membership: Pick<Membership, 'claims'>): string | null {
  const source = decidingSource(membership);
  return source && (membership.claims[source]?.transaction_id ?? null);
}

/** The transaction by Junction's word alone, own or listed; null where Junction named none. */
export function reportedTransaction({ claims }: Pick<Membership, 'claims'>): string | null {
  return (claims.own ?? claims.listed)?.transaction_id ?? null;
}

/** The transaction an order belongs to: the one that claims it, else a provisional one under its own id. */
export function homeOf(membership: Pick<Membership, 'id' | 'claims'>): string {
  return claimedTransaction(membership) ?? membership.id;
}

/** Transactions other than its home that the order may ever have stood in. */
export function formerHomesOf(membership: Membership): string[] {
  const { id, claimedBy, stoodAlone } = membership;
  const home = homeOf(membership);
  return [...new Set([...claimedBy, ...(stoodAlone ? [id] : [])])].filter((one) => one !== home);
}

/** Whether Junction and the customer name different transactions. A listing counts only where there is no own claim. */
export function hasConflictingClaims(membership: Pick<Membership, 'claims'>): boolean {
  const reported = reportedTransaction(membership);
  const registered = membership.claims.registered?.transaction_id ?? null;
  return reported !== null && registered !== null && reported !== registered;
}

/** What the payloads of the order `listedBy` claim for each other order they list. */
export function listedClaims(listedBy: string, listings: readonly Listing[]): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const { order_id, transaction_id, as_of } of listings) {
    const claim = { transaction_id, rank: [as_of ?? BEFORE_ALL_TIME, listedBy, transaction_id].join('|') };
    const best = bestClaim([claim, ...(claims.get(order_id) ? [claims.get(order_id) as Claim] : [])]);
    if (best && order_id !== listedBy) claims.set(order_id, best);
  }
  return claims;
}
