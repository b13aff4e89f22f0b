import { humanize } from './status.ts';

/** An anomaly, and what to check. docs/operations/runbook.md ("An anomaly was recorded") says what to do about each. */
interface AnomalyText {
  readonly text: string;
  readonly check: string;
}

const ORDERED_TWICE = 'Was the test ordered twice?';
const UNKNOWN_REDRAW = 'Ask Junction support whether they know about this redraw.';
const RESULT_CHANGED = 'Was a result withdrawn or added? Tell anyone who has already used it.';
const NEW_AT_JUNCTION = 'Junction may have added this. A newer version of this dashboard may support it.';

const ANOMALIES: Readonly<Record<string, AnomalyText>> = {
  different_user: {
    text: 'Different patient',
    check:
      'Junction lists this order under another patient, so it is kept separate from this transaction. Check whose order it is before you call anyone.',
  },
  second_initial: { text: 'Second initial order; the newer one counts', check: ORDERED_TWICE },
  second_redraw: { text: 'Second redraw order; the newer one counts', check: ORDERED_TWICE },
  unknown_origin: { text: 'Order of unknown origin', check: NEW_AT_JUNCTION },
  unknown_status: { text: 'Undocumented status', check: NEW_AT_JUNCTION },
  redraw_of_redraw: { text: 'Redraw available for a redraw order', check: UNKNOWN_REDRAW },
  redraw_without_redraw_available: {
    text: 'Redraw order without an available redraw',
    check: UNKNOWN_REDRAW,
  },
  unexpected_redraw: {
    text: 'Redraw where Junction offers none',
    check:
      'Junction offers redraws for walk-in tests at Quest, Labcorp and BioReference only. Ask Junction support whether this redraw will be done.',
  },
  event_withdrawn: {
    text: 'Event removed by Junction',
    check:
      'Junction no longer has an event that it reported before. Tell anyone who has already acted on it.',
  },
  unconfirmed: {
    text: 'Not confirmed by Junction',
    check: "Two reports contradict each other, and Junction hasn't answered which is right.",
  },
  events_out_of_order: {
    text: 'Events out of time order',
    check: 'We sort them by time, so nothing is lost. Check the status if it looks wrong.',
  },
  reinstated_after_cancelled: {
    text: 'Continued after cancellation',
    check: 'Was it meant to be reinstated? Junction support can do that.',
  },
  reopened_after_completed: { text: 'Continued after completion', check: RESULT_CHANGED },
  recovered_after_failure: { text: 'Continued after failure', check: RESULT_CHANGED },
  moved_after_redraw_available: {
    text: 'Continued after a redraw became available',
    check: 'The first sample is being processed again. Is the redraw still needed?',
  },
  future_event: {
    text: 'Event dated in the future; not counted yet',
    check: 'Is the clock at Junction or at the lab wrong?',
  },
  transaction_conflict: {
    text: 'Claimed by two transactions',
    check: 'Ask Junction support which one is right.',
  },
};

export function anomalyText(code: string): string {
  return ANOMALIES[code]?.text ?? humanize(code);
}

/** What to check; null for a code without an entry here. */
export function anomalyCheck(code: string): string | null {
  return ANOMALIES[code]?.check ?? null;
}
