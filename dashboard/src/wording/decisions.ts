import type { Redraw } from '../api/answers.ts';

type Cause = NonNullable<Redraw['decision']>['cause'];

/** Why a redraw that ended needs a decision, and what can be done. The runbook says the same to operators. */
export const DECISIONS: Readonly<Record<Cause, { readonly why: string; readonly whatToDo: string }>> = {
  redraw_cancelled: {
    why: 'The redraw was cancelled',
    whatToDo: 'Find out who cancelled it and why. If the results are still needed, place a new order.',
  },
  redraw_failed: {
    why: 'The redraw failed',
    whatToDo:
      'Ask the lab what happened to the sample. Place a new order, or ask Junction for another redraw.',
  },
  results_incomplete: {
    why: 'Results are still incomplete',
    whatToDo: 'Decide with the clinician whether the results suffice. If not, place a new order.',
  },
};
