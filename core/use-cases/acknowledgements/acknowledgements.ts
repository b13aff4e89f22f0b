import { type Caller, isSameCaller } from '../../domain/caller.ts';
import type { Instant } from '../../domain/instant.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import {
  type Acknowledgement,
  type FollowUpMarks,
  marked,
  marksHolding,
} from '../../domain/transaction/acknowledgement.ts';
import { DECIDED, type Decided } from '../../domain/transaction/decision.ts';
import { type Actor, changeTransaction, historyEntry, instantOf } from '../handling/change-transaction.ts';
import type { Projection } from '../recompute.ts';

/** There is another acknowledgement than the request expects. */
class AcknowledgementConflict extends RequestRefused {
  override readonly name = 'AcknowledgementConflict';
  override readonly kind = 'conflict';
  /** Null if there is none. */
  readonly current: Acknowledgement | null;
  /** The time of the expected one; null if none was expected. */
  readonly expected: Instant | null;

  constructor(current: Acknowledgement | null, expected: Instant | null) {
    const state = current
      ? `${current.by} acknowledged it at ${current.at}`
      : 'The acknowledgement no longer exists';
    super(`${state}. Nothing was changed.`);
    this.current = current;
    this.expected = expected;
  }
}

export interface AcknowledgementRequest {
  readonly by: string;
  readonly caller: Caller;
  readonly note: string | null;
  /** Whether the patient gets no more messages while the acknowledgement lasts. Default: false. */
  readonly stopMessages?: boolean | undefined;
  /** What was decided. */
  readonly decided?: Decided | null | undefined;
  /** The time of the acknowledgement to replace; null to replace none. Undefined replaces any. */
  readonly replaces?: Instant | null | undefined;
}

export interface WithdrawalRequest {
  readonly by: string;
  readonly caller: Caller;
  /** The time of the acknowledgement to withdraw; null for any. */
  readonly acknowledgedAt: Instant | null;
}

type MarksToSet = Partial<Omit<FollowUpMarks, 'progress'>>;

/**
 * The marks that acknowledge; null if the same acknowledgement is already set.
 *
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to replace
 */
export function acknowledging(
  { acknowledgement: known }: FollowUpMarks,
  { by, caller, note, stopMessages: stop_messages = false, decided, replaces }: AcknowledgementRequest,
  now: Date,
): MarksToSet | null {
  const acknowledgement = {
    by,
    note,
    at: instantOf(now),
    caller,
    stop_messages,
    ...(decided && { decided }),
  };
  if (known && isRepeated(known, acknowledgement)) return null;
  if (replaces !== undefined && replaces !== (known?.at ?? null)) {
    throw new AcknowledgementConflict(known, replaces);
  }
  return { acknowledgement };
}

function isRepeated(known: Acknowledgement, { caller, at: _, ...given }: Acknowledgement): boolean {
  const isSame = (['by', 'note', 'stop_messages', 'decided'] as const).every(
    (field) => known[field] === given[field],
  );
  return isSame && isSameCaller(known.caller, caller);
}

/**
 * The marks that withdraw an acknowledgement and say who did, for the event on the bus; null if there is none.
 *
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to withdraw
 */
export function withdrawing(
  { acknowledgement: known }: FollowUpMarks,
  { by, caller, acknowledgedAt }: WithdrawalRequest,
  now: Date,
): MarksToSet | null {
  if (!known) return null;
  if (acknowledgedAt !== null && acknowledgedAt !== known.at) {
    throw new AcknowledgementConflict(known, acknowledgedAt);
  }
  return { acknowledgement: null, withdrawal: { by, at: instantOf(now), caller } };
}

/** Who sets marks, and when. */
export interface MarkedBy {
  readonly actor: Actor;
  readonly now: Date;
}

/**
 * Sets marks on what is followed up in a transaction, and appends to its history what was set. Decides again if that progresses
 * or is flagged at the same time.
 *
 * @param keyOf the key of what is to be marked; throws if the transaction does not have it
 * @param decide derives the marks to set from the current ones; null sets none
 * @throws TransactionNotFound
 */
export function setMarks(
  projection: Projection,
  id: string,
  { actor, now }: MarkedBy,
  keyOf: (stored: StoredTransaction) => string,
  decide: (marks: FollowUpMarks, stored: StoredTransaction) => MarksToSet | null,
): Promise<StoredTransaction> {
  return changeTransaction(projection, id, (stored) => {
    const followUp = { key: keyOf(stored) };
    const set = decide(marksHolding(stored.marks, followUp), stored);
    if (set === null) return null;
    const { acknowledgement } = set;
    const entry = acknowledgement
      ? { kind: 'acknowledged' as const, text: textOf(acknowledgement) }
      : { kind: 'released' as const };
    return {
      set: { marks: marked(stored.marks, followUp, set) },
      entry: historyEntry(stored, actor, now, entry),
    };
  });
}

/** The decision in words, and the note. */
function textOf({ decided, note }: Acknowledgement): string | null {
  return [decided && DECIDED[decided], note].filter(Boolean).join('. ') || null;
}
