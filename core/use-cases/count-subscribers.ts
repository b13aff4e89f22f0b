import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../domain/instant.ts';
import { nextKnown } from '../domain/subscribers.ts';
import { moveSubscribersMark, readSubscribersMark } from '../store/subscribers.ts';
import type { Table } from '../store/table.ts';

/** A topic whose subscriptions are counted. */
export interface WatchedTopic {
  readonly arn: string;
  /** The number of confirmed subscriptions that it needs in any case. */
  readonly atLeast: number;
}

/** The subscriptions of a topic. */
export interface SubscriberCount {
  readonly topic: string;
  readonly confirmed: number;
  /** How many are missing: known ones that ended, or those that it needs in any case. */
  readonly missing: number;
}

/** Counts the confirmed subscriptions of each topic, and remembers them. */
export async function countSubscribers(
  table: Table,
  topics: readonly WatchedTopic[],
  confirmedOf: (arn: string) => Promise<number>,
  now: Instant,
): Promise<SubscriberCount[]> {
  const mark = await readSubscribersMark(table);
  const counted = await Promise.all(
    topics.map(async ({ arn, atLeast }) => {
      const confirmed = await confirmedOf(arn);
      return { arn, atLeast, confirmed, known: nextKnown(mark.topics[arn] ?? null, confirmed, now) };
    }),
  );
  const known = Object.fromEntries(counted.map((one) => [one.arn, one.known]));
  if (!isDeepStrictEqual(known, mark.topics)) await moveSubscribersMark(table, mark, known);
  return counted.map(({ arn, atLeast, confirmed, known: { expected } }) => ({
    topic: arn,
    confirmed,
    missing: Math.max(0, Math.max(expected, atLeast) - confirmed),
  }));
}
