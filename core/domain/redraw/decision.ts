import type { Instant } from '../instant.ts';
import type { Outcome } from '../transaction/outcome.ts';
import type { Slots } from '../transaction/slots.ts';
import type { EndedRedrawState, RedrawState } from './redraw-states.ts';

export const DECISION_CAUSES = ['redraw_cancelled', 'redraw_failed', 'results_incomplete'] as const;
type DecisionCause = (typeof DECISION_CAUSES)[number];

/**
 * A redraw that ended without complete results. There is one redraw per transaction: Junction does nothing more, and a
 * person has to decide what happens next.
 */
export interface Decision {
  readonly cause: DecisionCause;
  /** When the redraw ended; null if that has no time. */
  readonly since: Instant | null;
}

const CAUSES: Readonly<Record<EndedRedrawState, DecisionCause>> = {
  completed: 'results_incomplete',
  cancelled: 'redraw_cancelled',
  failed: 'redraw_failed',
};

/** The decision that a redraw in this state leaves to a person; null if there is none to make. */
export function decisionOf(
  state: RedrawState,
  outcome: Outcome,
  slots: Pick<Slots, 'initial' | 'redraw'>,
): Decision | null {
  if (state === 'expected' || state === 'in_progress') return null;
  if (outcome !== 'results_incomplete' && outcome !== 'failed') return null;
  return {
    cause: CAUSES[state],
    since: (slots.redraw ?? slots.initial)?.low_level_status_created_at ?? null,
  };
}
