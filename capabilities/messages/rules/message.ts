import type { Caller } from '../../../core/domain/caller.ts';
import { type Instant, later } from '../../../core/domain/instant.ts';
import { type Channel, TOLD_STATES } from '../../../core/domain/transaction/told.ts';

/** The templates other than reminders. Reminders are `reminder_1`, `reminder_2`, …, one for each configured delay. */
export const TEMPLATES = [
  'redraw_available',
  'requisition_ready',
  'appointment_missed',
  'appointment_cancelled',
  'results_complete',
] as const;
export type TemplateName = (typeof TEMPLATES)[number] | `reminder_${number}`;

/** The name of the reminder of the nth delay, from 1. */
export const reminderName = (nth: number): TemplateName => `reminder_${nth}`;

export const isReminder = (template: TemplateName) => template.startsWith('reminder_');

/**
 * The states of a message. `unknown`: the provider may or may not have taken it, so it is never sent again by itself.
 */
export const MESSAGE_STATES = ['planned', 'sending', ...TOLD_STATES] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Why a message was suppressed. */
export const SUPPRESSION_REASONS = [
  /** The redraw has progressed, so the message no longer applies. */
  'progressed',
  /** The redraw has ended, or the transaction is gone. */
  'closed',
  /** Somebody is handling the redraw and asked to stop its messages. */
  'acknowledged',
  /** The same text was sent within the last hour. */
  'already_sent',
  /** A later reminder was due before it could be sent. */
  'superseded',
  /** The patient got it while an order was in another transaction. */
  'sent_elsewhere',
  /** It became due before the table was restored, so it may have been sent. */
  'restored',
  /** The channel or the template was switched off. */
  'switched_off',
  /** Junction sends its own SMS for the order. */
  'junction_sends',
  /** Junction does not know the order, or gave no answer until it was too late. */
  'not_confirmed',
  /** The patient's consent is required and not recorded, or was withdrawn. */
  'no_consent',
  /** Junction has no usable phone number or e-mail address. */
  'no_address',
  /** No user is known whose opt-out and daily cap could be checked. */
  'no_user',
  'opted_out',
  'too_late',
  /** The daily cap was reached until the message was too late. */
  'daily_cap',
] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** A message to a patient. It holds neither its text nor an address. */
export interface PatientMessage {
  /** `<template>.<channel>`, or `<template>.<channel>.<n>` if it was requested by hand. Unique within its transaction. */
  readonly id: string;
  readonly transaction_id: string;
  readonly template: TemplateName;
  readonly channel: Channel;
  readonly state: MessageState;
  /** Why it was held back, or a code of the provider; null in the other states. */
  readonly reason: string | null;
  /** The appointment that it is about; null if it is about none, or none is known. */
  readonly appointment_id: string | null;
  /** The progress of the redraw that it was planned for. */
  readonly basis: string | null;
  readonly planned_at: Instant;
  /** When it is to be sent next, if it is planned. */
  readonly due_at: Instant;
  /** It is not sent after this time. */
  readonly not_after: Instant;
  /** When it was passed to the provider; null before that. */
  readonly sent_at: Instant | null;
  readonly updated_at: Instant;
  /** Who requested it by hand, by the given name; null for one that the rules planned. */
  readonly by: string | null;
  /** Who requested it by hand, by the token. */
  readonly caller: Caller | null;
  readonly why: string | null;
  /** How many times Junction or the provider has delayed it. */
  readonly attempts: number;
  /** The provider's id of the message. */
  readonly provider_id: string | null;
  /** The user it was sent to; null before that. */
  readonly user_id: string | null;
  /** Whether its transaction does not show its outcome yet. */
  readonly unreported: boolean;
  /** Counts the writes of its item. */
  readonly revision: number;
}

/** The id of a message that the rules planned. */
export const plannedId = (template: TemplateName, channel: Channel) => `${template}.${channel}`;

/** The id of the nth message that was requested by hand, from 1. */
export const requestedId = (template: TemplateName, channel: Channel, nth: number) =>
  `${plannedId(template, channel)}.${nth}`;

/** How long a message can be with the provider without an outcome before the outcome is unknown (ms). */
const MAX_SENDING = 900_000;

/** When a run must process the message next; null for a settled one. */
export function nextLook({ state, due_at, updated_at, unreported }: PatientMessage): Instant | null {
  if (state === 'planned') return due_at;
  if (state === 'sending') return later(updated_at, MAX_SENDING);
  return unreported ? updated_at : null;
}

const TRANSACTION_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-([\w-]+)$/;

/** The reference that a provider returns in its events. It holds ids only, in characters that every provider accepts. */
export function messageRef({ transaction_id, id }: Pick<PatientMessage, 'transaction_id' | 'id'>): string {
  return `${transaction_id}-${id.replaceAll('.', '-')}`;
}

/** The message that a reference names; null if the text is not a reference. */
export function readMessageRef(ref: string): Pick<PatientMessage, 'transaction_id' | 'id'> | null {
  const [, transaction_id, id] = TRANSACTION_ID.exec(ref) ?? [];
  return transaction_id && id ? { transaction_id, id: id.replaceAll('-', '.') } : null;
}
