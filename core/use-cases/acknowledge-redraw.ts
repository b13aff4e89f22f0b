import { retryOnConflict } from '../concurrency/retry.ts';
import { type Caller, isSameCaller } from '../domain/caller.ts';
import { type Instant, parseInstant } from '../domain/instant.ts';
import {
  type Acknowledgement,
  marked,
  marksHolding,
  type RedrawMarks,
} from '../domain/redraw/acknowledgement.ts';
import { needsPerson, type Redraw } from '../domain/redraw/redraw.ts';
import { RequestRefused } from '../domain/request-refused.ts';
import { remarked } from '../domain/transaction/next-revision.ts';
import type { StoredTransaction } from '../domain/transaction/stored-transaction.ts';
import { readTransaction, writeTransaction } from '../store/transactions/transactions.ts';
import type { Projection } from './recompute.ts';
import { TransactionNotFound } from './team-visibility.ts';

/** The transaction has no redraw that needs a person. */
class NoRedrawToAcknowledge extends RequestRefused {
  override readonly name = 'NoRedrawToAcknowledge';
  override readonly kind = 'conflict';
  readonly transactionId: string;

  constructor(transactionId: string) {
    super('The transaction has no redraw that is open or needs a decision.');
    this.transactionId = transactionId;
  }
}

/** The redraw ended without complete results, so that the acknowledgement closes it and has to say what was decided. */
class DecisionWithoutNote extends RequestRefused {
  override readonly name = 'DecisionWithoutNote';
  override readonly kind = 'conflict';

  constructor() {
    super('The redraw has ended and needs a decision. Say in the note what was decided.');
  }
}

/** The redraw has another acknowledgement than the request expects. */
class AcknowledgementConflict extends RequestRefused {
  override readonly name = 'AcknowledgementConflict';
  override readonly kind = 'conflict';
  /** Null if the redraw has none. */
  readonly current: Acknowledgement | null;
  /** The time of the expected one; null if none was expected. */
  readonly expected: Instant | null;

  constructor(current: Acknowledgement | null, expected: Instant | null) {
    const state = current
      ? `The current acknowledgement is that of ${current.at}`
      : `The acknowledgement of ${expected} no longer exists`;
    super(`${state}. Nothing was changed.`);
    this.current = current;
    this.expected = expected;
  }
}

export interface AcknowledgementRequest {
  readonly by: string;
  readonly caller: Caller;
  readonly note: string | null;
  /** The time of the acknowledgement to replace; null to replace none. Undefined replaces any. */
  readonly replaces?: Instant | null | undefined;
}

export interface WithdrawalRequest {
  readonly by: string;
  readonly caller: Caller;
  /** The time of the acknowledgement to withdraw; null for any. */
  readonly acknowledgedAt: Instant | null;
}

/**
 * Acknowledges a redraw that is open or needs a decision, unless it progresses at the same time. Repeating an
 * acknowledgement changes nothing.
 *
 * @throws TransactionNotFound
 * @throws NoRedrawToAcknowledge
 * @throws DecisionWithoutNote
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to replace
 */
export function acknowledge(
  projection: Projection,
  id: string,
  { by, caller, note, replaces }: AcknowledgementRequest,
  now: Date,
): Promise<StoredTransaction> {
  return remark(projection, id, ({ acknowledgement: known }, { decision }) => {
    if (decision && note === null) throw new DecisionWithoutNote();
    if (known && known.by === by && known.note === note && isSameCaller(known.caller, caller)) return null;
    if (replaces !== undefined && replaces !== (known?.at ?? null)) {
      throw new AcknowledgementConflict(known, replaces);
    }
    return { acknowledgement: { by, note, at: instantOf(now), caller } };
  });
}

/**
 * Withdraws the acknowledgement of a redraw and stores who did, for the event on the bus. Without an
 * acknowledgement, nothing changes.
 *
 * @throws TransactionNotFound
 * @throws NoRedrawToAcknowledge
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to withdraw
 */
export function withdraw(
  projection: Projection,
  id: string,
  { by, caller, acknowledgedAt }: WithdrawalRequest,
  now: Date,
): Promise<StoredTransaction> {
  return remark(projection, id, ({ acknowledgement: known }) => {
    if (!known) return null;
    if (acknowledgedAt !== null && acknowledgedAt !== known.at) {
      throw new AcknowledgementConflict(known, acknowledgedAt);
    }
    return { acknowledgement: null, withdrawal: { by, at: instantOf(now), caller } };
  });
}

type MarksToSet = Partial<Omit<RedrawMarks, 'progress'>>;

/**
 * Sets the marks that `decide` derives from the current marks of a redraw; null sets none. Calls it again if the
 * redraw progresses or is flagged at the same time.
 */
async function remark(
  { table, clocks, pause }: Projection,
  id: string,
  decide: (marks: RedrawMarks, redraw: Redraw) => MarksToSet | null,
): Promise<StoredTransaction> {
  let result: StoredTransaction | undefined;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored) throw new TransactionNotFound(id);
    const { redraw, marks } = stored;
    if (!needsPerson(redraw)) throw new NoRedrawToAcknowledge(id);
    const set = decide(marksHolding(marks, redraw), redraw);
    result = stored;
    if (set === null) return 'written';
    result = remarked(stored, { marks: marked(marks, redraw, set) }, clocks);
    return writeTransaction(table, result, stored);
  });
  if (!result) throw new Error('the redraw was not read');
  return result;
}

function instantOf(time: Date): Instant {
  return parseInstant(time.toISOString()) ?? '';
}
