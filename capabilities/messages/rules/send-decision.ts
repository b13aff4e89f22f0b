import { type Instant, later } from '../../../core/domain/instant.ts';
import { endOfDay, offsetAt } from '../../../core/domain/time-zone.ts';
import type { PatientMessage, SuppressionReason } from './message.ts';
import type { SendSettings } from './message-settings.ts';
import { type PatientRecord, sentOn } from './patient-record.ts';
import { nextSendingTime } from './sending-window.ts';

/** What is known when a message is about to be sent. */
export interface SendContext {
  readonly message: PatientMessage;
  /** Null if no user is known. */
  readonly patient: PatientRecord | null;
  /** Whether Junction has a usable address for the channel. */
  readonly hasAddress: boolean;
  /** Whether Junction sends its own messages through the channel; null if it does not say now. */
  readonly junctionSends: boolean | null;
  /** The zones where the patient may be. */
  readonly zones: readonly string[];
  readonly settings: SendSettings;
  readonly now: Instant;
}

export type SendDecision =
  /** `day`: the day of the patient that the message counts in. */
  | { readonly kind: 'send'; readonly day: string }
  | { readonly kind: 'hold'; readonly reason: SuppressionReason }
  | { readonly kind: 'wait'; readonly until: Instant };

/** Whether a due message that still applies is sent now, later, or not at all. */
export function sendDecision(context: SendContext): SendDecision {
  const { message, patient, zones, settings, now } = context;
  if (now > message.not_after) return { kind: 'hold', reason: 'too_late' };
  const reason = obstacle(context);
  if (reason || !patient) return { kind: 'hold', reason: reason ?? 'no_user' };
  if (context.junctionSends === null && isHeldIfJunctionSends(context)) {
    return waitUntil(retryTime(message, now), 'not_confirmed', context);
  }
  const open = nextSendingTime(now, zones, settings.hours);
  if (open > now) return waitUntil(open, 'too_late', context);
  const [zone = 'UTC'] = zones;
  const day = dayIn(zone, now);
  if (sentOn(patient, day) < settings.dailyCap) return { kind: 'send', day };
  const tomorrow = nextSendingTime(endOfDay(day, zone), zones, settings.hours);
  return waitUntil(tomorrow, 'daily_cap', context);
}

function obstacle(context: SendContext): SuppressionReason | null {
  const { message, patient, hasAddress, junctionSends, settings } = context;
  const { channel } = message;
  if (!patient) return 'no_user';
  if (patient.opt_out[channel]) return 'opted_out';
  const consent = patient.consent[channel];
  if (consent?.given === false || (settings.consent === 'recorded' && !consent)) return 'no_consent';
  if (!hasAddress) return 'no_address';
  return junctionSends && isHeldIfJunctionSends(context) ? 'junction_sends' : null;
}

/** Whoever sends a message manually knows that Junction's own message was not enough. */
function isHeldIfJunctionSends({ message, settings }: SendContext): boolean {
  return !settings.besideJunction && message.by === null;
}

function waitUntil(until: Instant, otherwise: SuppressionReason, { message }: SendContext): SendDecision {
  return until > message.not_after ? { kind: 'hold', reason: otherwise } : { kind: 'wait', until };
}

/** `2026-03-14`: the day in a zone. */
function dayIn(zone: string, now: Instant): string {
  const at = Date.parse(now);
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}

const FIRST_PAUSE = 300_000;
const MAX_PAUSE = 3_600_000;

/** When to try again after Junction or a provider gave no answer: the pause doubles up to an hour. */
export function retryTime({ attempts, not_after }: PatientMessage, now: Instant): Instant {
  const until = later(now, Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** attempts));
  return until > not_after && now < not_after ? not_after : until;
}
