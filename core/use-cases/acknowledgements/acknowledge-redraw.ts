import { isOpen } from '../../domain/redraw/redraw.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { followUpOf } from '../../domain/transaction/follow-up.ts';
import type { Projection } from '../recompute.ts';
import {
  type AcknowledgementRequest,
  acknowledging,
  setMarks,
  type WithdrawalRequest,
  withdrawing,
} from './acknowledgements.ts';

/** The transaction has no open redraw and nothing to decide. */
class NoRedrawToAcknowledge extends RequestRefused {
  override readonly name = 'NoRedrawToAcknowledge';
  override readonly kind = 'conflict';
  readonly transactionId: string;

  constructor(transactionId: string) {
    super('The transaction has no open redraw and needs no decision.');
    this.transactionId = transactionId;
  }
}

/** The acknowledgement closes a decision, so it has to say what was decided. */
class DecisionWithoutNote extends RequestRefused {
  override readonly name = 'DecisionWithoutNote';
  override readonly kind = 'conflict';

  constructor() {
    super('The transaction needs a decision. Say what was decided, in `decided` or in the note.');
  }
}

class NothingToDecide extends RequestRefused {
  override readonly name = 'NothingToDecide';
  override readonly kind = 'conflict';

  constructor() {
    super('The transaction needs no decision.');
  }
}

/**
 * Acknowledges an open redraw, or records a decision, unless the transaction progresses at the same time. Repeating an
 * acknowledgement changes nothing.
 *
 * @throws TransactionNotFound
 * @throws NoRedrawToAcknowledge
 * @throws DecisionWithoutNote
 * @throws NothingToDecide
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to replace
 */
export function acknowledge(
  projection: Projection,
  id: string,
  request: AcknowledgementRequest,
  now: Date,
): Promise<StoredTransaction> {
  return setMarks(projection, id, { actor: request, now }, redrawKey, (marks, { decision }) => {
    if (decision && !request.decided && request.note === null) throw new DecisionWithoutNote();
    if (!decision && request.decided) throw new NothingToDecide();
    return acknowledging(marks, request, now);
  });
}

/**
 * Withdraws the acknowledgement of a redraw or a decision, and stores who did, for the event on the bus. Without an
 * acknowledgement, nothing changes.
 *
 * @throws TransactionNotFound
 * @throws NoRedrawToAcknowledge
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to withdraw
 */
export function withdraw(
  projection: Projection,
  id: string,
  request: WithdrawalRequest,
  now: Date,
): Promise<StoredTransaction> {
  return setMarks(projection, id, { actor: request, now }, redrawKey, (marks) =>
    withdrawing(marks, request, now),
  );
}

function redrawKey(stored: StoredTransaction): string {
  const followUp = stored.decision || isOpen(stored.redraw) ? followUpOf(stored) : null;
  if (!followUp) throw new NoRedrawToAcknowledge(stored.id);
  return followUp.key;
}
