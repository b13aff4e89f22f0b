import { messageTitle } from '../../../capabilities/messages/page/wording/message-outcomes.ts';
import { isUnconfirmed } from '../../../core/domain/order/order-progress.ts';
import type { Appointment } from '../api/answers.ts';
import { isOver } from '../wording/appointments.ts';
import { noteTitle } from '../wording/handling.ts';
import { stageText, statusText } from '../wording/status.ts';
import { type Entry, lowLevel } from './entries.ts';

/** The title of a timeline entry. `ahead`: it is in the future. */
export function entryTitle(entry: Entry, ahead: boolean): string {
  switch (entry.kind) {
    case 'event':
      return statusText(lowLevel(entry.status));
    case 'created':
      return 'Order created';
    case 'registered':
      return 'Registered by your system';
    case 'critical_result':
      return 'Critical result';
    case 'match_review':
      return 'Result assigned by a match review';
    case 'appointment':
      return appointmentTitle(entry.appointment);
    case 'redraw_available':
      return 'Redraw available';
    case 'noted':
      return entry.withdrawn ? `${noteTitle(entry.note)} (withdrawn)` : noteTitle(entry.note);
    case 'checked':
      return 'Checked with Junction';
    case 'stale':
      return 'Flagged as overdue';
    case 'acknowledged':
      return entry.decided ? 'Decision recorded' : 'Acknowledged';
    case 'released':
      return entry.decided ? 'Decision withdrawn' : 'Released';
    case 'message':
    case 'planned_message':
      return messageTitle(entry.message, entry.channels);
    case 'due':
      return `${ahead ? 'Due' : 'Was due'}: ${stageText(entry.stage).toLowerCase()}`;
    case 'now':
      return 'Now';
  }
}

function appointmentTitle(appointment: Appointment): string {
  if (isRequested(appointment)) return 'Appointment requested';
  return isUnconfirmed(appointment) ? 'Appointment not confirmed' : 'Appointment';
}

/** It is requested and has no time yet. */
export function isRequested(appointment: Appointment): boolean {
  return appointment.start_at === null && !isOver(appointment);
}
