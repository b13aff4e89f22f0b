import { retryOnConflict } from '../concurrency/retry.ts';
import { type Instant, parseInstant } from '../domain/instant.ts';
import { isOpen } from '../domain/redraw/redraw.ts';
import {
  type Acknowledgement,
  marked,
  marksHolding,
  type RedrawMarks,
} from '../domain/redraw/redraw-marks.ts';
import { remarked, type StoredTransaction } from '../domain/transaction/revision.ts';
import { Problem } from '../http/problem.ts';
import { readTransaction, writeTransaction } from '../store/transactions.ts';
import type { Projection } from './recompute.ts';

export interface AcknowledgementRequest {
  readonly by: string;
  readonly note: string | null;
  /** What it is to stand instead of, by its time; null: of none. Undefined: of whichever stands. */
  readonly replaces?: Instant | null | undefined;
}

export interface WithdrawalRequest {
  readonly by: string;
  /** The acknowledgement that is meant, by its time; null: whichever stands. */
  readonly acknowledgedAt: Instant | null;
}

/**
 * Notes that somebody takes care of an open redraw, on condition that it has not moved on meanwhile. The same said
 * again changes nothing. Throws a Problem: 404 without the transaction, 409 without an open redraw, or where something else
 * stands than what it is to replace.
 */
export function acknowledge(
  projection: Projection,
  id: string,
  { by, note, replaces }: AcknowledgementRequest,
  now: Date,
): Promise<StoredTransaction> {
  return remark(projection, id, ({ acknowledgement: known }) => {
    if (known && known.by === by && known.note === note) return null;
    if (replaces !== undefined && replaces !== (known?.at ?? null)) throw standsOtherwise(known, replaces);
    return { acknowledgement: { by, note, at: instantOf(now) } };
  });
}

/**
 * Takes an acknowledgement back, and notes who did, for the bus to tell. Where none stands, nothing changes. Throws a
 * Problem as acknowledging does, and 409 where another one stands than the one that is meant.
 */
export function withdraw(
  projection: Projection,
  id: string,
  { by, acknowledgedAt }: WithdrawalRequest,
  now: Date,
): Promise<StoredTransaction> {
  return remark(projection, id, ({ acknowledgement: known }) => {
    if (!known) return null;
    if (acknowledgedAt !== null && acknowledgedAt !== known.at) throw standsOtherwise(known, acknowledgedAt);
    return { acknowledgement: null, withdrawal: { by, at: instantOf(now) } };
  });
}

function standsOtherwise(known: Acknowledgement | null, meant: Instant | null): Problem {
  const now = known
    ? `Another acknowledgement stands now, that of ${known.at}`
    : `The acknowledgement of ${meant} no longer stands`;
  return new Problem(409, `${now}; nothing was changed.`);
}

type MarksToSet = Partial<Omit<RedrawMarks, 'progress'>>;

/**
 * Sets marks on the open redraw of a transaction, as `decide` says by those it has; null: none. Decides anew where
 * progress or a flag came between.
 */
async function remark(
  { table, clocks, pause }: Projection,
  id: string,
  decide: (marks: RedrawMarks) => MarksToSet | null,
): Promise<StoredTransaction> {
  let result: StoredTransaction | undefined;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored) throw new Problem(404, 'There is no transaction with this id.');
    const { redraw, marks } = stored;
    if (!isOpen(redraw)) throw new Problem(409, 'The transaction has no open redraw.');
    const set = decide(marksHolding(marks, redraw));
    result = stored;
    if (set === null) return 'written';
    result = remarked(stored, { marks: marked(marks, redraw, set) }, clocks);
    return writeTransaction(table, result, stored);
  });
  if (!result) throw new Error('the redraw was not looked at');
  return result;
}

function instantOf(time: Date): Instant {
  return parseInstant(time.toISOString()) ?? '';
}
