import * as z from 'zod/mini';
import { BEFORE_ALL_TIME, type Instant } from '../../domain/instant.ts';
import { storedTime } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMarkOrStartOver, storedRevision } from './marks.ts';

const count = z.int().check(z.nonnegative());

/** The place in Junction's list of orders, oldest first, and what was found up to it. */
export const importPosition = z.object({
  /** `orders` brings them here; `compare` reads both again and counts what differs. */
  phase: z.enum(['orders', 'compare']),
  /** The orders created before have been read. */
  at: storedTime,
  /** The page of the list from there, from 1. */
  page: z.int().check(z.positive()),
  /** The orders created at that time that have been read. */
  edge: z.array(z.string()),
  /** How many orders Junction lists in this phase; null before the first page, or if Junction does not say. */
  total: z.nullable(count),
  listed: count,
  /** Orders that were brought, or changed. */
  joined: count,
  /** Orders that could not be read or stored. */
  skipped: count,
  compared: count,
  differ: count,
});

export type ImportPosition = z.output<typeof importPosition>;

/** How far an import has come. */
export interface ImportMark extends Mark {
  readonly from: Instant;
  readonly to: Instant;
  readonly started_at: Instant;
  readonly moved_at: Instant;
  readonly finished: boolean;
  readonly position: ImportPosition;
}

const importKey = (team: string | null) => markKey('import', team);

const importSchema = z.object({
  revision: storedRevision,
  from: storedTime,
  to: storedTime,
  started_at: storedTime,
  moved_at: storedTime,
  finished: z.boolean(),
  position: importPosition,
});

/** The position at the beginning of a phase, after what was found before. */
export function beginningOf(
  phase: ImportPosition['phase'],
  from: Instant,
  before: Partial<ImportPosition> = {},
): ImportPosition {
  const counts = { listed: 0, joined: 0, skipped: 0, compared: 0, differ: 0 };
  return { ...counts, ...before, phase, at: from, page: 1, edge: [], total: null };
}

const NONE: ImportMark = {
  revision: 0,
  from: BEFORE_ALL_TIME,
  to: BEFORE_ALL_TIME,
  started_at: BEFORE_ALL_TIME,
  moved_at: BEFORE_ALL_TIME,
  finished: true,
  position: beginningOf('orders', BEFORE_ALL_TIME),
};

/** The last import, with several teams of one team, or one that counts as finished if there was none. A damaged mark is replaced by that. */
export function readImportMark(table: Table, team: string | null = null): Promise<ImportMark> {
  return readMarkOrStartOver<ImportMark>(table, importKey(team), importSchema, NONE);
}

/** Moves the mark on condition that it has not moved since it was read; null if it has. */
export function moveImportMark(
  table: Table,
  read: Mark,
  to: Omit<ImportMark, 'revision'>,
  team: string | null = null,
): Promise<ImportMark | null> {
  const { from, to: until, started_at, moved_at, finished, position } = to;
  return moveMark(table, importKey(team), read, {
    from,
    to: until,
    started_at,
    moved_at,
    finished,
    position,
  });
}
