import { BEFORE_ALL_TIME } from '../instant.ts';
import { greatest } from '../sort-keys.ts';
import { bestClaim, type Claim, type Listing } from './membership.ts';
import {
  byFoldOrder,
  distinctEvents,
  eventIdentity,
  isListed,
  isSameStatement,
  newestEvent,
  type OrderEvent,
} from './order-event.ts';
import type {
  ClientUser,
  CorrectedFacts,
  MissingResult,
  OrderSnapshot,
  SiblingFact,
} from './order-record.ts';
import { questionSince } from './questions.ts';
import {
  type AnswerRegister,
  isAccountedFor,
  isTakenBack,
  type OrderRegisters,
  type PayloadRegister,
  type Ranked,
  receiptKey,
} from './registers.ts';

/** What counts, and the claim of the order's own payloads on its transaction. */
export function correctedFacts(
  registers: OrderRegisters,
): CorrectedFacts & { readonly ownClaim: Claim | null } {
  const { payload, answer } = registers;
  const judged = judgeEvents(registers);
  const snapshot = snapshotOf(registers, judged);
  const newest = newestEvent(judged.events);
  const questionAt = questionSince(registers, judged.leader);
  const isAnswered = newest === null || (answer !== null && isListed(newest, answer.events));
  return {
    snapshot,
    events: judged.events,
    withdrawnEvents: judged.withdrawn,
    futureEvents: judged.future,
    siblings: siblingsOf(registers),
    ...listingsOf(registers),
    clientUser: clientUserOf(registers, judged, snapshot?.user_id ?? null),
    ownClaim: ownClaimOf(registers, judged),
    answeredAt: answer?.askedAt ?? null,
    questionAt,
    isUnconfirmed: questionAt !== null && questionAt <= (registers.trustedUntil ?? ''),
    unansweredSince: isAnswered ? null : (payload?.receivedAt ?? answer?.askedAt ?? null),
  };
}

/**
 * The fields of the leading payload. A webhook does not change the user and the team that Junction's answer names, except if
 * Junction was asked about that and did not answer.
 */
function snapshotOf(registers: OrderRegisters, judged: Judged): OrderSnapshot | null {
  const { leader, isTrusted } = judged;
  if (leader === null) return null;
  const named = isTrusted ? undefined : registers.answer?.snapshot;
  return {
    ...leader.snapshot,
    user_id: named?.user_id ?? leader.snapshot.user_id,
    team_id: named?.team_id ?? leader.snapshot.team_id,
    missing_results: missingResultsOf(registers, judged),
  };
}

/** What is decided about the events of an order, and which payload states its other fields. */
interface Judged {
  /** The webhook, or Junction's answer; null without either. */
  readonly leader: PayloadRegister | AnswerRegister | null;
  readonly events: readonly OrderEvent[];
  readonly withdrawn: readonly OrderEvent[];
  readonly future: readonly OrderEvent[];
  /** Whether the webhook counts although it contradicts the answer. */
  readonly isTrusted: boolean;
}

function judgeEvents(registers: OrderRegisters): Judged {
  const { payload, answer, trustedUntil, elapsedAt } = registers;
  const isTrusted =
    payload !== null &&
    payload.receivedAt > (answer?.askedAt ?? '') &&
    payload.receivedAt <= (trustedUntil ?? '');
  const isWithdrawn = (event: OrderEvent) =>
    isTakenBack(event, registers) && !(isTrusted && isListed(event, payload.events));
  // A webhook that holds something newer than the answer states the other fields too.
  const isNewer = (event: OrderEvent) => !isListed(event, answer?.events ?? []) && !isWithdrawn(event);
  const leads = payload !== null && (answer === null || isTrusted || payload.events.some(isNewer));
  const [leader, other] = leads ? [payload, answer] : [answer, payload];
  const isElapsed = ({ created_at }: OrderEvent) => created_at <= (elapsedAt ?? '');
  const stated = statedBy(
    [other, leader],
    [...registers.events, ...registers.futureEvents.filter(isElapsed)],
  );
  // Of several statements about a future event the earliest is looked at first. So all of them are kept.
  const future = registers.futureEvents
    .filter((event) => !isElapsed(event) && !isListed(event, stated))
    .toSorted(byFoldOrder);
  return {
    leader,
    events: distinctEvents(stated.filter((event) => !isWithdrawn(event))),
    withdrawn: distinctEvents([...stated, ...future].filter(isWithdrawn)),
    future: future.filter((event) => !isWithdrawn(event)),
    isTrusted,
  };
}

/** One statement about each event: that of the last payload which has it, otherwise the last one in fold order. */
function statedBy(
  payloads: readonly (PayloadRegister | AnswerRegister | null)[],
  known: readonly OrderEvent[],
): OrderEvent[] {
  const isKnown = (event: OrderEvent) => known.some((one) => isSameStatement(one, event));
  const statements = [
    ...distinctEvents(known),
    ...payloads.flatMap((payload) => distinctEvents(payload?.events ?? []).filter(isKnown)),
  ];
  return [...new Map(statements.map((event) => [eventIdentity(event), event])).values()];
}

/** Without those that state a newer status of an order than Junction's answer, although the answer would have it. */
function siblingsOf({ siblings, answer, receipts }: OrderRegisters): readonly SiblingFact[] {
  const listed = answer?.snapshot.report?.orders;
  if (!answer || !listed) return siblings;
  return siblings.filter((fact) => {
    const { order_id, status_at } = fact;
    const isRefuted =
      status_at !== null && Object.hasOwn(listed, order_id) && status_at > (listed[order_id] ?? '');
    return !isRefuted || !isAccountedFor(status_at, receipts.get(receiptKey(fact)), answer);
  });
}

/** The listings, and those that Junction's answer would repeat if they were still true. */
function listingsOf({
  listings,
  answer,
  receipts,
}: OrderRegisters): Pick<CorrectedFacts, 'listings' | 'refutedListings'> {
  const listed = answer?.snapshot.report?.orders;
  const isRefuted = (listing: Listing) => {
    if (!answer || !listed) return false;
    const isNamed =
      listing.transaction_id === answer.transactionId && Object.hasOwn(listed, listing.order_id);
    const datedAt = listing.as_of ?? BEFORE_ALL_TIME;
    return !isNamed && isAccountedFor(datedAt, receipts.get(receiptKey(listing)), answer);
  };
  return {
    listings: listings.filter((listing) => !isRefuted(listing)),
    refutedListings: listings.filter(isRefuted),
  };
}

/** The value that the leading payload states, otherwise Junction's, otherwise the newest of any webhook. */
function statementOf<Value>(
  stated: readonly Ranked<Value>[],
  answered: Value | null,
  { payload }: OrderRegisters,
  { leader }: Judged,
): Value | null {
  const ofLeader = leader === payload ? stated.find(({ rank }) => rank === payload?.rank) : undefined;
  return (ofLeader ? ofLeader.value : answered) ?? greatest(stated, ({ rank }) => [rank])?.value ?? null;
}

/** While the answer's user stays, what a webhook states about another user does not count. */
function clientUserOf(registers: OrderRegisters, judged: Judged, user: string | null): ClientUser | null {
  const isKept = user !== (judged.leader?.snapshot.user_id ?? null);
  const stated = registers.clientUsers.filter(
    ({ value }) => !isKept || value.user_id === null || value.user_id === user,
  );
  return statementOf(stated, registers.answer?.clientUser ?? null, registers, judged);
}

function missingResultsOf(registers: OrderRegisters, judged: Judged): readonly MissingResult[] {
  const answered = registers.answer?.snapshot.missing_results ?? [];
  return (
    statementOf(registers.missingResults, answered.length > 0 ? answered : null, registers, judged) ?? []
  );
}

/** Junction's answer decides, unless the leading webhook names a transaction. Without an answer the best claim does. */
function ownClaimOf(registers: OrderRegisters, { leader }: Judged): Claim | null {
  const { answer, payload, transactionIds, appointmentClaims } = registers;
  const claims = transactionIds.map(({ rank, value }) => ({ rank, transaction_id: value }));
  if (!answer || answer.transactionId === null) return bestClaim([...claims, ...appointmentClaims]);
  const ofLeader = leader === payload ? claims.find(({ rank }) => rank === payload?.rank) : undefined;
  return ofLeader ?? { rank: answer.rank, transaction_id: answer.transactionId };
}
