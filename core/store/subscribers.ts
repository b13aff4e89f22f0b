import * as z from 'zod/mini';
import type { KnownSubscribers } from '../domain/subscribers.ts';
import { markKey } from './poll-marks/mark-key.ts';
import { type Mark, moveMark, readMarkOrStartOver, storedRevision } from './poll-marks/marks.ts';
import { storedTime } from './stored-times.ts';
import type { Table } from './table.ts';

/** What is known of the subscriptions of each topic, by its ARN. */
export interface SubscribersMark extends Mark {
  readonly topics: Readonly<Record<string, KnownSubscribers>>;
}

const subscribersKey = markKey('subscribers');

const subscribersSchema = z.object({
  revision: storedRevision,
  topics: z.record(z.string(), z.object({ expected: z.int(), fewer_since: z.optional(storedTime) })),
});

export function readSubscribersMark(table: Table): Promise<SubscribersMark> {
  return readMarkOrStartOver<SubscribersMark>(table, subscribersKey, subscribersSchema, {
    revision: 0,
    topics: {},
  });
}

/** Moves the mark, unless another run has moved it since it was read. */
export async function moveSubscribersMark(
  table: Table,
  read: SubscribersMark,
  topics: SubscribersMark['topics'],
): Promise<void> {
  await moveMark(table, subscribersKey, read, { topics });
}
