import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import type { UnansweredChecks } from '../../domain/transaction/check-clocks.ts';
import { storedTime, storedTimeOrNull } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMarkOrStartOver, storedRevision } from './marks.ts';

/** One pass over the redraws that wait for a draw. */
export interface DrawsPass {
  readonly started_at: Instant;
  /** The position in the list of open redraws to continue after. */
  readonly after: string;
}

/** How far the polls of draws have read. */
export interface DrawsMark extends Mark {
  /** When the last finished pass began; null before that. */
  readonly through: Instant | null;
  /** The current pass; null between passes. */
  readonly pass: DrawsPass | null;
  /** The requests since Junction's last answer; null if it answered the last one. */
  readonly unanswered: UnansweredChecks | null;
}

const drawsKey = markKey('draws');
const NO_MARK: DrawsMark = { revision: 0, through: null, pass: null, unanswered: null };

const drawsSchema = z.object({
  revision: storedRevision,
  through: storedTimeOrNull,
  pass: z.nullable(z.object({ started_at: storedTime, after: z.string() })),
  unanswered: z.nullable(z.object({ count: z.int(), since: z.optional(storedTime), retry_at: storedTime })),
});

export function readDrawsMark(table: Table): Promise<DrawsMark> {
  return readMarkOrStartOver<DrawsMark>(table, drawsKey, drawsSchema, NO_MARK);
}

/** Moves the mark on condition that it has not moved since it was read; null if it has. */
export function moveDrawsMark(
  table: Table,
  read: DrawsMark,
  to: Omit<DrawsMark, 'revision'>,
): Promise<DrawsMark | null> {
  return moveMark(table, drawsKey, read, to);
}
