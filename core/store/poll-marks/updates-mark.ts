import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import { storedTime, storedTimeOrNull } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMarkOrStartOver, storedRevision } from './marks.ts';

/** One pass over the orders that Junction has changed since a certain time. */
export interface UpdatesPass {
  readonly started_at: Instant;
  readonly since: Instant;
  /** The page to read next, from 1. */
  readonly page: number;
}

/** The checkpoint of the polls for changed orders. */
export interface UpdatesMark extends Mark {
  /** The time up to which every change was read; null before the end of the first pass. */
  readonly through: Instant | null;
  /** The current pass; null between passes. */
  readonly pass: UpdatesPass | null;
  /** Since when a pass is requested, whether or not it is time for one; null if none is. */
  readonly requested_at: Instant | null;
}

const NO_MARK: UpdatesMark = { revision: 0, through: null, pass: null, requested_at: null };

const updatesKey = (team: string | null) => markKey('updates', team);

/** A request before the first pass stores nothing else. */
const updatesSchema = z.object({
  revision: storedRevision,
  through: z._default(storedTimeOrNull, null),
  pass: z._default(
    z.nullable(z.object({ started_at: storedTime, since: storedTime, page: z.int().check(z.positive()) })),
    null,
  ),
  requested_at: z._default(storedTimeOrNull, null),
});

/** @param team whose mark it is, with several teams */
export function readUpdatesMark(table: Table, team: string | null = null): Promise<UpdatesMark> {
  return readMarkOrStartOver<UpdatesMark>(table, updatesKey(team), updatesSchema, NO_MARK);
}

/** Moves the mark on condition that it has not moved since it was read; null if it has. */
export async function moveUpdatesMark(
  table: Table,
  read: UpdatesMark,
  to: Omit<UpdatesMark, 'revision'>,
  team: string | null = null,
): Promise<UpdatesMark | null> {
  // A stored null would count as a request that exists.
  const item = { ...to, requested_at: to.requested_at ?? undefined };
  const moved = await moveMark(table, updatesKey(team), read, item);
  return moved && { ...to, revision: moved.revision };
}
