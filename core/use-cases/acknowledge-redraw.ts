import { retryOnConflict } from '../concurrency/retry.ts';
import { type Caller, isSameCaller } from '../domain/caller.ts';
import { type Instant, parseInstant } from '../domain/instant.ts';
import {
  type Acknowledgement,
  marked,
  marksHolding,
  type RedrawMarks,
} from '../domain/redraw/acknowledgement.ts';
import { isOpen } from '../domain/redraw/redraw.ts';
import { RequestRefused } from '../domain/request-refused.ts';
import { remarked } from '../domain/transaction/next-revision.ts';
import type { StoredTransaction } from '../domain/transaction/stored-transaction.ts';
import { readTransaction, writeTransaction } from '../store/transactions/transactions.ts';
import type { Projection } from './recompute.ts';
import { TransactionNotFound } from './team-visibility.ts';

/** The transaction has no open redraw to acknowledge. */
class NoOpenRedraw extends RequestRefused {
  override readonly name = 'NoOpenRedraw';
  override readonly kind = 'conflict';
  readonly transactionId: string;

  constructor(transactionId: string) {
    super('The transaction has no open redraw.');
    this.transactionId = transactionId;
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
 * Acknowledges an open redraw, unless it progresses at the same time. Repeating an acknowledgement changes nothing.
 *
 * @throws TransactionNotFound
 * @throws NoOpenRedraw
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to replace
 */
export function acknowledge(
  projection: Projection,
  id: string,
  { by, caller, note, replaces }: AcknowledgementRequest,
  now: Date,
): Promise<StoredTransaction> {
  return remark(projection, id, ({ acknowledgement: known }) => {
    if (known && known.by === by && known.note === note && isSameCaller(known.caller, caller)) return null;
    if (replaces !== undefined && replaces !== (known?.at ?? null)) {
      throw new AcknowledgementConflict(known, replaces);
    }
    return { acknowledgement: { by, note, at: instantOf(now), caller } };
  });
}

/**
 * Withdraws the acknowledgement of an open redraw and stores who did, for the event on the bus. Without an
 * acknowledgement, nothing changes.
 *
 * @throws TransactionNotFound
 * @throws NoOpenRedraw
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
 * Sets the marks that `decide` derives from the current marks of an open redraw; null sets none. Calls it again if the
 * redraw progresses or is flagged at the same time.
 */
async function remark(
  { table, clocks, pause }: Projection,
  id: string,
  decide: (marks: RedrawMarks) => MarksToSet | null,
): Promise<StoredTransaction> {
  let result: StoredTransaction | undefined;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored) throw new TransactionNotFound(id);
    const { redraw, marks } = stored;
    if (!isOpen(redraw)) throw new NoOpenRedraw(id);
    const set = decide(marksHolding(marks, redraw));
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
