import * as z from 'zod/mini';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMark, storedRevision } from './marks.ts';

const count = z.int().check(z.nonnegative());

const loadSchema = z.object({
  revision: storedRevision,
  file: z.string(),
  lines: count,
  kept: count,
  finished: z.boolean(),
});

/** How far an export has been loaded. */
export interface LoadMark extends Mark {
  /** The id of the export. */
  readonly file: string;
  /** How many of its items have been read. */
  readonly lines: number;
  /** How many of them were there already with other content, which stayed. */
  readonly kept: number;
  readonly finished: boolean;
}

export const loadKey = markKey('load');

/** Null if nothing was ever loaded. @throws DamagedItem */
export function readLoadMark(table: Table): Promise<LoadMark | null> {
  return readMark<LoadMark>(table, loadKey, loadSchema);
}

/** Moves the mark, unless somebody else has moved it since it was read; then null. */
export function moveLoadMark(
  table: Table,
  read: Mark,
  { file, lines, kept, finished }: Omit<LoadMark, 'revision'>,
): Promise<LoadMark | null> {
  return moveMark(table, loadKey, read, { file, lines, kept, finished });
}
