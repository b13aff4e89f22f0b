import type { Appointment } from '../api/answers.ts';

const ENDED = new Set<string | null>(['cancelled', 'completed']);

/** Cancelled or completed. */
export function isOver({ status, event_status }: Appointment): boolean {
  return ENDED.has(status) || ENDED.has(event_status);
}
