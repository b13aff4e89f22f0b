import type { Instant } from '../../domain/instant.ts';
import type { Table } from '../table.ts';
import { type Mark, markKey, moveMark, readMark } from './marks.ts';

/** When Junction's lists of unmatched results were last read to their ends. */
export interface ReviewsMark extends Mark {
  /** Null before that. */
  readonly through: Instant | null;
}

const reviewsKey = markKey('reviews');
const NO_MARK: ReviewsMark = { revision: 0, through: null };

export async function readReviewsMark(table: Table): Promise<ReviewsMark> {
  const stored = (await readMark(table, reviewsKey)) as ReviewsMark | null;
  return stored ? { revision: stored.revision, through: stored.through } : NO_MARK;
}

/** Moves the mark, unless another sweep has moved it since it was read. */
export async function moveReviewsMark(table: Table, read: ReviewsMark, through: Instant): Promise<void> {
  await moveMark(table, reviewsKey, read, { through });
}
