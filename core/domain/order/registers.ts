import { type Instant, later } from '../instant.ts';
import type { Claim, Listing } from './membership.ts';
import { eventIdentity, isListed, type OrderEvent } from './order-event.ts';
import type { ClientUser, MissingResult, OrderSnapshot, SiblingFact } from './order-record.ts';

/**
 * How long before a request something must be dated or received for the answer to have to include it (ms): clocks differ, and
 * Junction's API can lag behind its webhooks.
 */
export const LAG = 300_000;

/** The newest webhook that was received after the newest answer. */
export interface PayloadRegister {
  readonly rank: string;
  readonly receivedAt: Instant;
  readonly events: readonly OrderEvent[];
  readonly snapshot: OrderSnapshot;
  /** When another webhook that contradicts it was last received; null if none was. */
  readonly rivalAt: Instant | null;
}

/** The newest answer of Junction's API about the order. */
export interface AnswerRegister {
  readonly rank: string;
  readonly askedAt: Instant;
  readonly events: readonly OrderEvent[];
  readonly snapshot: OrderSnapshot;
  readonly transactionId: string | null;
  readonly clientUser: ClientUser | null;
}

/** A value with the rank of the webhook that stated it. */
export interface Ranked<Value> {
  readonly rank: string;
  readonly value: Value;
}

/** Everything that was received about the content of one order. */
export interface OrderRegisters {
  /** Every event of every payload that was received after it, or at most an hour before it. */
  readonly events: readonly OrderEvent[];
  /** Every event that was dated more than an hour after its receipt. */
  readonly futureEvents: readonly OrderEvent[];
  readonly siblings: readonly SiblingFact[];
  readonly listings: readonly Listing[];
  /** When a fact was first received, by `receiptKey`, if that was before its own time. */
  readonly receipts: ReadonlyMap<string, Instant>;
  readonly payload: PayloadRegister | null;
  readonly answer: AnswerRegister | null;
  /** The newest statements of webhooks about these, kept if a newer webhook leaves them out. */
  readonly transactionIds: readonly Ranked<string>[];
  readonly clientUsers: readonly Ranked<ClientUser>[];
  readonly missingResults: readonly Ranked<readonly MissingResult[]>[];
  readonly appointmentClaims: readonly Claim[];
  /** Webhooks received until then count although they contradict Junction's answer, because it gave no other. */
  readonly trustedUntil: Instant | null;
  /** Future events dated until then count, because their time has come. */
  readonly elapsedAt: Instant | null;
}

/** Identifies a fact among the receipts: an event, a sibling's status, or a listing. */
export function receiptKey(fact: OrderEvent | SiblingFact | Listing): string {
  if (!('order_id' in fact)) return eventIdentity(fact);
  const { order_id } = fact;
  return 'transaction_id' in fact
    ? `${order_id}>${fact.transaction_id}`
    : `${order_id}@${fact.status_at ?? ''}`;
}

/** Whether Junction's newest answer would have the event if it still existed. An answer without events takes nothing back. */
export function isTakenBack(
  event: OrderEvent,
  { answer, receipts }: Pick<OrderRegisters, 'answer' | 'receipts'>,
): boolean {
  if (answer === null || answer.events.length === 0 || isListed(event, answer.events)) return false;
  return isAccountedFor(event.created_at, receipts.get(receiptKey(event)), answer);
}

/**
 * Whether the answer accounts for something: it was dated, or first received, so long before the request that Junction's lag does
 * not explain its absence. The lag does not explain a time that was far ahead of the receipt either.
 */
export function isAccountedFor(
  datedAt: Instant,
  receivedAt: Instant | undefined,
  { askedAt }: AnswerRegister,
): boolean {
  const end = later(askedAt, -LAG);
  if (receivedAt === undefined) return datedAt < end;
  return datedAt < end || receivedAt < end || (receivedAt < askedAt && datedAt > later(receivedAt, LAG));
}
