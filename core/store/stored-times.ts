import * as z from 'zod/mini';
import { type Instant, instantOfStamp, NO_STAMP, stampOf } from '../domain/instant.ts';

/** A time as items store it. Text of another form cannot be computed with. */
export const storedTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/));
export const storedTimeOrNull = z.nullable(storedTime);

/** Stands between the time and the id in a sort key. */
const BETWEEN = '#';
/** How much of an id a sort key holds. It keeps apart what has the same time; the key of the table is unique anyway. */
const END_OF_ID = 8;

/** A sort key by time, short because a write costs the size of its item. What has no time sorts first. */
export const timeKey = (at: Instant | null, id: string): string =>
  `${at === null ? NO_STAMP : stampOf(at)}${BETWEEN}${id.slice(-END_OF_ID)}`;

/** The time in such a key; null if it has none. */
export function timeInKey(key: string): Instant | null {
  const [stamp = NO_STAMP] = key.split(BETWEEN);
  return stamp === NO_STAMP ? null : instantOfStamp(stamp);
}

/** The place after every key of that time. `$` sorts after what stands between the time and the id. */
export const afterTime = (at: Instant): string => `${stampOf(at)}$`;
