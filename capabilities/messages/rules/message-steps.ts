import type { Instant } from '../../../core/domain/instant.ts';
import type { MessageState, PatientMessage, SuppressionReason } from './message.ts';
import { isShown } from './told.ts';

/** When to send a message, the latest time to send it, and what it is about. */
interface Dates {
  readonly at: Instant;
  readonly basis: string;
  readonly appointment_id: string | null;
  readonly not_after: Instant;
}

type Named = Pick<PatientMessage, 'id' | 'transaction_id' | 'template' | 'channel'>;
type Request = Pick<PatientMessage, 'by' | 'caller' | 'why'>;

const BY_RULE: Request = { by: null, caller: null, why: null };

/** A new message. */
export function planned(
  message: Named,
  { at, ...dates }: Dates,
  now: Instant,
  request: Request = BY_RULE,
): PatientMessage {
  return {
    ...message,
    ...request,
    state: 'planned',
    reason: null,
    ...dates,
    planned_at: now,
    due_at: at,
    sent_at: null,
    updated_at: now,
    attempts: 0,
    provider_id: null,
    user_id: null,
    unreported: false,
    revision: 1,
  };
}

type Step = Partial<Omit<PatientMessage, keyof Named | 'revision' | 'updated_at'>>;

function stepped(message: PatientMessage, step: Step, now: Instant): PatientMessage {
  return { ...message, ...step, updated_at: now, revision: message.revision + 1 };
}

/** The message, rescheduled after progress of the redraw. */
export function redated(message: PatientMessage, { at, ...dates }: Dates, now: Instant) {
  const step = {
    state: 'planned',
    reason: null,
    ...dates,
    due_at: at,
    attempts: 0,
    unreported: false,
  } as const;
  return stepped(message, step, now);
}

/** Suppresses a message. */
export function held(message: PatientMessage, reason: SuppressionReason, now: Instant): PatientMessage {
  const step = { state: 'suppressed', reason } as const;
  return stepped(message, { ...step, unreported: isShown({ ...message, ...step }) }, now);
}

/** The message stays planned until a later time; `failed` if Junction or the provider did not answer. */
export function postponed(message: PatientMessage, until: Instant, failed: boolean, now: Instant) {
  const attempts = failed ? message.attempts + 1 : message.attempts;
  return stepped(message, { state: 'planned', due_at: until, sent_at: null, attempts }, now);
}

/** The message before it is passed to the provider. */
export function sending(message: PatientMessage, user_id: string, now: Instant): PatientMessage {
  return stepped(message, { state: 'sending', sent_at: now, user_id }, now);
}

const BEFORE_THE_PROVIDER = ['planned', 'suppressed', 'sending'] as const satisfies MessageState[];

/** States from least to most conclusive: a provider's report never replaces a more conclusive one. */
const PROGRESS: readonly (readonly MessageState[])[] = [
  BEFORE_THE_PROVIDER,
  ['unknown'],
  ['sent'],
  ['delivered'],
  ['failed', 'bounced'],
  ['opted_out'],
];

const progressOf = (state: MessageState) => PROGRESS.findIndex((states) => states.includes(state));

/** The outcome of a message at the provider. */
export interface MessageOutcome {
  readonly state: Exclude<MessageState, (typeof BEFORE_THE_PROVIDER)[number]>;
  /** A code of the provider; null if there is nothing to explain. */
  readonly reason: string | null;
  readonly provider_id?: string | undefined;
}

/**
 * The message with an outcome; null if its state is at least as conclusive. The result does not depend on the order or
 * repetition of the reports.
 */
export function withOutcome(
  message: PatientMessage,
  { state, reason, provider_id }: MessageOutcome,
  now: Instant,
): PatientMessage | null {
  if (progressOf(state) <= progressOf(message.state)) return null;
  const step = { state, reason, unreported: true, sent_at: message.sent_at ?? now };
  return stepped(message, { ...step, provider_id: provider_id ?? message.provider_id }, now);
}

/** The message after its transaction shows it. */
export function reported(message: PatientMessage): PatientMessage {
  return { ...message, unreported: false, revision: message.revision + 1 };
}
