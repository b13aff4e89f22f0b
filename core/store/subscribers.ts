import type { KnownSubscribers } from '../domain/subscribers.ts';
import { type Mark, markKey, moveMark, readMark } from './poll-marks/marks.ts';
import type { Table } from './table.ts';

/** What is known of the subscriptions of each topic, by its ARN. */
export interface SubscribersMark extends Mark {
  readonly topics: Readonly<Record<string, KnownSubscribers>>;
}

const subscribersKey = markKey('subscribers');

export async function readSubscribersMark(table: Table): Promise<SubscribersMark> {
  const stored = (await readMark(table, subscribersKey)) as SubscribersMark | null;
  return stored ? { revision: stored.revision, topics: stored.topics } : { revision: 0, topics: {} };
}

/** Moves the mark, unless another run has moved it since it was read. */
export async function moveSubscribersMark(
  table: Table,
  read: SubscribersMark,
  topics: SubscribersMark['topics'],
): Promise<void> {
  await moveMark(table, subscribersKey, read, { topics });
}
