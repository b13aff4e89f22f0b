import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import { storedTimeOrNull } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMarkOrStartOver, storedRevision } from './marks.ts';

/** When Junction's lists of unmatched results were last read to their ends. */
export interface ReviewsMark extends Mark {
  /** Null before that. */
  readonly through: Instant | null;
}

const reviewsKey = (team: string | null) => markKey('reviews', team);
const NO_MARK: ReviewsMark = { revision: 0, through: null };

const reviewsSchema = z.object({ revision: storedRevision, through: storedTimeOrNull });

/** @param team whose mark it is, with several teams */
export function readReviewsMark(table: Table, team: string | null = null): Promise<ReviewsMark> {
  return readMarkOrStartOver<ReviewsMark>(table, reviewsKey(team), reviewsSchema, NO_MARK);
}

/** Moves the mark, unless another sweep has moved it since it was read. */
export async function moveReviewsMark(
  table: Table,
  read: ReviewsMark,
  through: Instant,
  team: string | null = null,
): Promise<void> {
  await moveMark(table, reviewsKey(team), read, { through });
}
