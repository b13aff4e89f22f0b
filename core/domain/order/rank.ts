import { type Instant, instantOfStamp, latest, NO_STAMP, stampOf } from '../instant.ts';
import { distinctEvents, newestEvent } from './order-event.ts';
import type { OrderFacts } from './order-record.ts';

/** Hashes a string to a short string. */
export type Digest = (text: string) => string;

/** JSON with sorted keys, so that equal values give equal strings. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** What determines a payload's rank in addition to its content. */
export interface RankedBy {
  /** Later times come from a wrong clock. */
  readonly horizon: Instant;
  /** When Junction was asked, for an answer of its API; null for a webhook. */
  readonly askedAt: Instant | null;
}

/** The parts of a rank. The first part that differs decides which payload is newer. An absent time sorts lowest. */
export interface RankParts {
  readonly newestEvent: Instant | null;
  readonly events: number;
  readonly askedAt: Instant | null;
  readonly updatedAt: Instant | null;
  readonly newestFact: Instant | null;
  readonly digest: string;
}

const COUNT = 3;

const stamp = (instant: Instant | null) => (instant === null ? NO_STAMP : stampOf(instant));

/** Of two payloads of one order, the one with the greater rank is the newer. */
export function rankText({ newestEvent, events, askedAt, updatedAt, newestFact, digest }: RankParts): string {
  const count = events.toString(36).padStart(COUNT, '0');
  return [stamp(newestEvent), count, stamp(askedAt), stamp(updatedAt), stamp(newestFact), digest].join('');
}

/** The time of the newest event in a rank; null if there was none. */
export function newestEventOf(rank: string): Instant | null {
  const first = rank.slice(0, NO_STAMP.length);
  return first === NO_STAMP ? null : instantOfStamp(first);
}

/**
 * The rank of an order payload. Equal ranks mean equal content. See docs/state-model.md, An order's facts.
 */
export function rankOf(
  facts: Omit<OrderFacts, 'rank'>,
  digest: Digest,
  { horizon, askedAt }: RankedBy,
): string {
  const { snapshot, events, transactionId, clientUser } = facts;
  const { updated_at, report } = snapshot;
  return rankText({
    newestEvent: newestEvent(events)?.created_at ?? null,
    events: distinctEvents(events).length,
    askedAt,
    updatedAt: updated_at !== null && updated_at <= horizon ? updated_at : null,
    newestFact: report && latest(Object.values(report.orders)),
    digest: digest(canonical([snapshot, transactionId, clientUser])),
  });
}

/** Whether both ranks belong to answers of Junction's API that differ only in the time of the request. */
export function isSameAnswer(held: string, reported: string): boolean {
  const start = NO_STAMP.length + COUNT;
  const end = start + NO_STAMP.length;
  const isAnswer = (rank: string) => rank.slice(start, end) !== NO_STAMP;
  const withoutTime = (rank: string) => rank.slice(0, start) + rank.slice(end);
  return isAnswer(held) && isAnswer(reported) && withoutTime(held) === withoutTime(reported);
}
