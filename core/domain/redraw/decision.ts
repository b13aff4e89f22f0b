import type { Instant } from '../instant.ts';
import type { Outcome } from '../transaction/outcome.ts';
import type { Slots } from '../transaction/slots.ts';

export const DECISION_CAUSES = ['redraw_cancelled', 'redraw_failed', 'results_incomplete'] as const;

/**
 * A redraw that ended without complete results. There is one redraw per transaction: Junction does nothing more, and a
 * person has to decide what happens next.
 */
export interface Decision {
  readonly cause: (typeof DECISION_CAUSES)[number];
  /** When the redraw ended; null if that has no time. */
  readonly since: Instant | null;
}

const CAUSES = {
  completed: 'results_incomplete',
  cancelled: 'redraw_cancelled',
  failed: 'redraw_failed',
} as const;

/** The decision that a redraw in this state leaves to a person; null if there is none to make. */
export function decisionOf(
  state: 'expected' | 'in_progress' | keyof typeof CAUSES,
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
