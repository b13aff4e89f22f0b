import { DECIDED } from '../../../core/domain/transaction/decision.ts';
import type { Redraw, Transaction } from '../api/answers.ts';

type Cause = NonNullable<Transaction['decision']>['cause'];

/** What happened, so that a person has to decide. */
export const DECISIONS: Readonly<Record<Cause, string>> = {
  redraw_cancelled: 'The redraw was cancelled',
  redraw_failed: 'The redraw failed',
  results_incomplete: 'Results are still incomplete',
  sample_failed: 'The order failed without a redraw',
  redraw_not_needed: 'The redraw may no longer be needed',
};

type Said = Pick<NonNullable<Redraw['acknowledgement']>, 'decided' | 'note'>;

/** What was decided, and the note. */
export function acknowledgementText({ decided, note }: Said): string | null {
  return [decided && DECIDED[decided], note].filter(Boolean).join('. ') || null;
}
