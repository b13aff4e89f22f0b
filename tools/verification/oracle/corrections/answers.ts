/** Junction's newest answer about an order, and what it takes back: design.md, "Corrections". */
import { compareStanding, type DigestChoice, distinct } from '../ranks.ts';
import { MINUTE, plus } from '../reading/clock.ts';
import type { OrderEvent, OrderPayload } from '../reading/facts.ts';
import { compareEvents, identityOf } from '../reading/fold.ts';
import { canonical } from '../reading/spelling.ts';

/** For clocks that differ, and for Junction's own lag. */
const TOLERANCE = 5 * MINUTE;

/** What is dated or received before this time, the answer would have shown. */
export function horizonOf(answer: { askedAt: string }): string {
  return plus(answer.askedAt, -TOLERANCE);
}

/** Every event that the payload names, also those in the future. */
export function namedIn({ counted, future }: OrderPayload): OrderEvent[] {
  return [...counted, ...future];
}

export function identitiesIn(events: readonly OrderEvent[]): Set<string> {
  return new Set(events.map(identityOf));
}

/** The answer that was asked for last. An answer without an event says nothing about events, so it is none. */
export function newestAnswer(payloads: readonly OrderPayload[], choose: DigestChoice): OrderPayload | null {
  const answers = payloads.filter((payload) => payload.askedAt !== '' && namedIn(payload).length > 0);
  const newest = answers.filter(({ askedAt }) => answers.every((other) => other.askedAt <= askedAt));
  const [first] = newest;
  if (!first || distinct(newest).length === 1) return first ?? null;
  const contents = distinct(newest).map(canonical).sort();
  const chosen = choose(`${first.orderId} asked at ${first.askedAt}: ${contents.join()}`, contents);
  return newest.find((answer) => canonical(answer) === chosen) ?? first;
}

/**
 * The events that the answer lacks although it would have shown them: dated, or first received, before its horizon.
 *
 * @param believed webhooks after the answer whose events count although the answer lacks them
 */
export function withdrawnBy(
  answer: OrderPayload | null,
  payloads: readonly OrderPayload[],
  believed: readonly OrderPayload[],
): OrderEvent[] {
  if (!answer) return [];
  const horizon = horizonOf(answer);
  const spared = identitiesIn([answer, ...believed].flatMap(namedIn));
  const named = identitiesIn(payloads.flatMap(namedIn));
  return [...named].flatMap((identity) => {
    if (spared.has(identity)) return [];
    const naming = payloads.filter((payload) => identitiesIn(namedIn(payload)).has(identity));
    const event = toldLast(naming, identity);
    const isOlder = event.at < horizon || naming.some(({ receivedAt }) => receivedAt < horizon);
    return isOlder ? [event] : [];
  });
}

/** The event as the payload of the greatest rank has it. */
function toldLast(naming: readonly OrderPayload[], identity: string): OrderEvent {
  const told = naming.toSorted(compareStanding).flatMap((payload) => eventIn(namedIn(payload), identity));
  const [last] = told.slice(-1);
  if (!last) throw new Error(`nothing names ${identity}`);
  return last;
}

/** The event of this identity; of several in one payload, the last one in the order of the fold. */
export function eventIn(events: readonly OrderEvent[], identity: string): OrderEvent[] {
  return events
    .filter((event) => identityOf(event) === identity)
    .sort(compareEvents)
    .slice(-1);
}
