import { type Instant, instantOfStamp, latest, NO_STAMP, stampOf } from '../instant.ts';
import { canonical } from '../json.ts';
import { byFoldOrder, distinctEvents, newestEvent } from './order-event.ts';
import type { OrderFacts } from './order-record.ts';

/** Hashes a string to a short string. */
export type Digest = (text: string) => string;

/** The parts of a rank. The first part that differs decides which payload is newer. An absent time sorts lowest. */
export interface RankParts {
  readonly newestEvent: Instant | null;
  readonly events: number;
  readonly updatedAt: Instant | null;
  readonly newestFact: Instant | null;
  readonly digest: string;
}

const COUNT = 3;
const UPDATED = NO_STAMP.length + COUNT;

const stamp = (instant: Instant | null) => (instant === null ? NO_STAMP : stampOf(instant));

/** How a time is to the newest event. They sort in this order, and only the second and the last are followed by a stamp. */
const [ABSENT, EARLIER, SAME, LATER] = ['-', '<', '=', '>'] as const;

/** A time beside the newest event, which nearly always has the same: a rank is stored several times, and written often. */
function beside(instant: Instant | null, newest: string): string {
  if (instant === null) return ABSENT;
  const own = stampOf(instant);
  if (own === newest) return SAME;
  return (own < newest ? EARLIER : LATER) + own;
}

/** The end of such a time that starts at `start`. */
function endOfTime(rank: string, start: number): number {
  const isStamp = rank[start] === EARLIER || rank[start] === LATER;
  return start + 1 + (isStamp ? NO_STAMP.length : 0);
}

/** Of two payloads of one order, the one with the greater rank is the newer. */
export function rankText({ newestEvent, events, updatedAt, newestFact, digest }: RankParts): string {
  const newest = stamp(newestEvent);
  const count = events.toString(36).padStart(COUNT, '0');
  return [newest, count, beside(updatedAt, newest), beside(newestFact, newest), digest].join('');
}

/**
 * The part of a rank that says how new the payload is. The rest is a digest of the content: it makes ranks total, but
 * between two different contents of one age only Junction can decide.
 */
export function ageOf(rank: string): string {
  return rank.slice(0, endOfTime(rank, endOfTime(rank, UPDATED)));
}

/** Up to when a payload with this rank shows what Junction did: its newest event, or its `updated_at` if that is later. */
export function currentUntil(rank: string): string {
  const [newest, updated] = [rank.slice(0, NO_STAMP.length), updateIn(rank)];
  return newest > updated ? newest : updated;
}

/**
 * Whether Junction updated the payload with the lower rank after everything that the other one shows: it has removed an event
 * since, or moved one back in time. That is not so if a payload does not state when it was updated.
 */
export function takesBack(lower: string, higher: string): boolean {
  return updateIn(higher) !== NO_STAMP && updateIn(lower) > currentUntil(higher);
}

function updateIn(rank: string): string {
  if (rank[UPDATED] === ABSENT) return NO_STAMP;
  return rank[UPDATED] === SAME
    ? rank.slice(0, NO_STAMP.length)
    : rank.slice(UPDATED + 1, endOfTime(rank, UPDATED));
}

/** The time of the newest event in a rank; null if there was none. */
export function newestEventOf(rank: string): Instant | null {
  const first = rank.slice(0, NO_STAMP.length);
  return first === NO_STAMP ? null : instantOfStamp(first);
}

/**
 * The rank of an order payload; times after `horizon` come from a wrong clock. Equal ranks mean equal content. See
 * docs/state-model.md, An order's facts.
 */
export function rankOf(facts: Omit<OrderFacts, 'rank'>, digest: Digest, horizon: Instant): string {
  const { snapshot, events, transactionId, clientUser } = facts;
  const { updated_at, report } = snapshot;
  const content = events
    .toSorted(byFoldOrder)
    .map(({ created_at, id, status, last }) => [created_at, id, status, last ?? false]);
  return rankText({
    newestEvent: newestEvent(events)?.created_at ?? null,
    events: distinctEvents(events).length,
    updatedAt: updated_at !== null && updated_at <= horizon ? updated_at : null,
    newestFact: report && latest(Object.values(report.orders)),
    digest: digest(canonical([snapshot, transactionId, clientUser, content])),
  });
}
