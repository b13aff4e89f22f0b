import type { Instant } from '../instant.ts';
import { hasDates, learnedDates, learnedEvents, type Source } from './arrivals.ts';
import { isCompleted } from './order-progress.ts';
import { EMPTY_SNAPSHOT, type OrderRecord } from './order-record.ts';
import { showsDraw, statusParts } from './status.ts';

export const DRAW_SIGNS = ['result_dates', 'status', 'appointment', 'critical_result'] as const;

/** A sign that the sample was drawn. */
export interface DrawEvidence {
  readonly sign: (typeof DRAW_SIGNS)[number];
  /** The low-level status that shows it; null for another sign. */
  readonly status: string | null;
  /** The time of the fact; null if it has none. */
  readonly at: Instant | null;
  /** When it was learned; null if that is unknown. */
  readonly learned_at: Instant | null;
  readonly learned_from: Source | null;
}

/** The signs that an order's sample was drawn: of each kind the first, in the order of `DRAW_SIGNS`. */
export function drawEvidence(record: OrderRecord): DrawEvidence[] {
  return [datesOf(record), statusOf(record), appointmentOf(record), criticalOf(record)].filter(
    (one) => one !== null,
  );
}

const NOT_LEARNED = { learned_at: null, learned_from: null };

function datesOf(record: OrderRecord): DrawEvidence | null {
  if (!hasDates(record.snapshot ?? EMPTY_SNAPSHOT)) return null;
  return { sign: 'result_dates', status: null, at: null, ...learnedDates(record) };
}

function statusOf(record: OrderRecord): DrawEvidence | null {
  const events = learnedEvents(record).map((event) => ({ ...event, low: statusParts(event.status).low }));
  const [first] = events.filter(({ low }) => showsDraw(low));
  if (!first) return null;
  const { low: status, created_at: at, learned_at, learned_from } = first;
  return { sign: 'status', status, at, learned_at, learned_from };
}

function appointmentOf({ appointments }: OrderRecord): DrawEvidence | null {
  const completed = appointments.find(isCompleted);
  if (!completed) return null;
  const { start_at, end_at, updated_at } = completed;
  return { sign: 'appointment', status: null, at: end_at ?? start_at ?? updated_at, ...NOT_LEARNED };
}

function criticalOf({ criticalResults: [first] }: OrderRecord): DrawEvidence | null {
  return first ? { sign: 'critical_result', status: null, at: first.updated_at, ...NOT_LEARNED } : null;
}
