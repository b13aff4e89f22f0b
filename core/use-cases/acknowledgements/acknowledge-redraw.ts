import { needsPerson, progressKey } from '../../domain/redraw/redraw.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import type { StoredTransaction } from '../../domain/transaction/stored-transaction.ts';
import type { Projection } from '../recompute.ts';
import {
  type AcknowledgementRequest,
  acknowledging,
  setMarks,
  type WithdrawalRequest,
  withdrawing,
} from './acknowledgements.ts';

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
  request: AcknowledgementRequest,
  now: Date,
): Promise<StoredTransaction> {
  return setMarks(projection, id, { actor: request, now }, redrawKey, (marks, { redraw }) => {
    if (redraw?.decision && request.note === null) throw new DecisionWithoutNote();
    return acknowledging(marks, request, now);
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
  request: WithdrawalRequest,
  now: Date,
): Promise<StoredTransaction> {
  return setMarks(projection, id, { actor: request, now }, redrawKey, (marks) =>
    withdrawing(marks, request, now),
  );
}

function redrawKey({ id, redraw }: StoredTransaction): string {
  if (!needsPerson(redraw)) throw new NoRedrawToAcknowledge(id);
  return progressKey(redraw);
}
