import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import { unlessDamaged } from '../damaged-items.ts';
import { storedTime } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMark, storedRevision } from './marks.ts';

/** Since when the service watches. What is dated before is history. */
export interface WatchingMark extends Mark {
  readonly since: Instant;
  /** Whether the operators were told what the history holds. */
  readonly digest: 'due' | 'sent';
}

const watchingKey = markKey('watching');

const watchingSchema = z.object({
  revision: storedRevision,
  since: storedTime,
  digest: z.enum(['due', 'sent']),
});

/** Null before anything has stored it. A damaged mark is reported, and counts as none: then everything is news. */
export function readWatchingMark(table: Table): Promise<WatchingMark | null> {
  return unlessDamaged(table, () => readMark<WatchingMark>(table, watchingKey, watchingSchema));
}

/** Stores since when the service watches, unless that is stored already. */
export async function beginWatching(table: Table, now: Instant): Promise<void> {
  if (await readWatchingMark(table)) return;
  await moveMark(table, watchingKey, { revision: 0 }, { since: now, digest: 'due' });
}

/** Notes whether the digest was sent; false if somebody else has changed the mark since it was read. */
export async function noteDigest(
  table: Table,
  read: WatchingMark,
  digest: WatchingMark['digest'],
): Promise<WatchingMark | null> {
  return moveMark(table, watchingKey, read, { since: read.since, digest });
}
