/** The transaction that an order belongs to: state-model.md, "Membership". */

import type { Correction } from './corrections/corrected-order.ts';
import { type DigestChoice, greatest, type Ranked } from './ranks.ts';
import type { AppointmentPayload, Listing, OrderEvent, OrderPayload, Registration } from './reading/facts.ts';
import { compareText } from './reading/fold.ts';

export interface Claim {
  source: 'own' | 'listed' | 'registered';
  transactionId: string;
}

/** All facts about one order, from all sources. */
export interface Said {
  orderId: string;
  payloads: OrderPayload[];
  visits: AppointmentPayload[];
  /** The same, as they compete with the payloads. */
  visitsAsClaims: AppointmentPayload[];
  /** The events that count, in the order of the fold. */
  events: OrderEvent[];
  /** Those that do not count yet. */
  futureEvents: OrderEvent[];
  /** Null before corrections. */
  correction: Correction | null;
  /** Its entries in the lists of other orders, with those orders. */
  listings: (Listing & { by: string })[];
  registrations: Registration[];
}

/** The claims that an order keeps, the deciding one first. */
export function claimsOf(said: Said, choose: DigestChoice): Claim[] {
  const own = ownClaim(said, choose);
  const listed = said.listings
    .toSorted(
      (a, b) =>
        compareText(a.newest, b.newest) ||
        compareText(a.by, b.by) ||
        compareText(a.transactionId, b.transactionId),
    )
    .at(-1)?.transactionId;
  const registered = keptRegistration(said)?.transactionId;
  const claims: Claim[] = [];
  if (own !== undefined) claims.push({ source: 'own', transactionId: own });
  if (listed !== undefined) claims.push({ source: 'listed', transactionId: listed });
  if (registered !== undefined) claims.push({ source: 'registered', transactionId: registered });
  return claims;
}

function ownClaim({ payloads, visitsAsClaims }: Said, choose: DigestChoice): string | undefined {
  const all = [...payloads, ...visitsAsClaims];
  const naming = all.filter(({ transactionId }) => transactionId !== null);
  const idOf = ({ transactionId }: Ranked) => transactionId;
  return greatest(naming, all, idOf, choose)?.transactionId ?? undefined;
}

/** A later registration replaces an earlier one as a whole. */
export function keptRegistration({ registrations }: Said): Registration | null {
  const ascending = registrations.toSorted(
    (a, b) => compareText(a.at, b.at) || compareText(a.transactionId, b.transactionId),
  );
  return ascending.at(-1) ?? null;
}
