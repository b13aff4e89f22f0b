import type { Milliseconds } from './duration.ts';
import { type Instant, later } from './instant.ts';

/** How many confirmed subscriptions a topic should have, as far as is known. */
export interface KnownSubscribers {
  readonly expected: number;
  /** Since when it has fewer; absent if it has as many. */
  readonly fewer_since?: Instant | undefined;
}

/** After this time, a lower number counts as intended. */
const ACCEPT_FEWER_AFTER: Milliseconds = 7 * 86_400_000;

/** What is known after a count of `confirmed` subscriptions at `now`. The first count says what to expect. */
export function nextKnown(known: KnownSubscribers | null, confirmed: number, now: Instant): KnownSubscribers {
  if (known === null || confirmed >= known.expected) return { expected: confirmed };
  const since = known.fewer_since ?? now;
  const isAccepted = now >= later(since, ACCEPT_FEWER_AFTER);
  return isAccepted ? { expected: confirmed } : { expected: known.expected, fewer_since: since };
}
