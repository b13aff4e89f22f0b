import type { Caller } from '../../../core/domain/caller.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import { CHANNELS, type Channel } from '../../../core/domain/transaction/told.ts';

/** What a person or program has recorded about a channel. */
export interface Recorded {
  /** The name that the caller gave. */
  readonly by: string;
  readonly at: Instant;
  /** Who made the request, by the token. */
  readonly caller: Caller;
}

/** Whether the patient agreed to messages through a channel, as recorded. */
export interface Consent extends Recorded {
  readonly given: boolean;
}

/** The patient wants no more messages through a channel. */
export interface OptOut {
  /** Who recorded it; null for one that the provider reported. */
  readonly by: string | null;
  readonly at: Instant;
  readonly caller: Caller | null;
  /** The code of the provider; null for one that was recorded. */
  readonly reason: string | null;
}

/** What a patient can have chosen for a channel. */
export const CHOICES = ['consent_given', 'consent_withdrawn', 'opted_out', 'opt_out_ended'] as const;

/** A change of what a patient has chosen for a channel. */
export interface ChoiceChange {
  readonly user_id: string;
  readonly channel: Channel;
  readonly state: (typeof CHOICES)[number];
}

type ByChannel<Value> = Readonly<Partial<Record<Channel, Value>>>;

/** What is stored about the messages of a user. It holds no contact data. */
export interface PatientRecord {
  readonly user_id: string;
  readonly consent: ByChannel<Consent>;
  readonly opt_out: ByChannel<OptOut>;
  /** The latest day on which messages were sent, in the patient's time zone, and how many; null before the first. */
  readonly sends: { readonly day: string; readonly count: number } | null;
  /** Counts the writes of its item; 0 for one that is not stored. */
  readonly revision: number;
}

export const newPatient = (user_id: string): PatientRecord => ({
  user_id,
  consent: {},
  opt_out: {},
  sends: null,
  revision: 0,
});

/** How many messages were sent on a day. */
export function sentOn({ sends }: PatientRecord, day: string): number {
  return sends?.day === day ? sends.count : 0;
}

/** Adds a message to the count of a day, or subtracts one. */
export function counting(patient: PatientRecord, day: string, by: 1 | -1): PatientRecord {
  const count = Math.max(0, sentOn(patient, day) + by);
  return { ...patient, sends: { day, count }, revision: patient.revision + 1 };
}

/** The patient after an opt-out; null if there is one already. */
export function optedOut(patient: PatientRecord, channel: Channel, optOut: OptOut): PatientRecord | null {
  if (patient.opt_out[channel]) return null;
  return { ...patient, opt_out: { ...patient.opt_out, [channel]: optOut }, revision: patient.revision + 1 };
}

/** The patient after an opt-in by a reply; null if nothing changes. It does not undo an opt-out that a person recorded. */
export function optedIn(patient: PatientRecord, channel: Channel): PatientRecord | null {
  const { [channel]: optOut, ...others } = patient.opt_out;
  if (!optOut || optOut.by !== null) return null;
  return { ...patient, opt_out: others, revision: patient.revision + 1 };
}

/** What a person or program asks to record; a channel that is absent stays as it is. */
export interface RequestedChoices {
  /** Whether the patient agrees to messages through the channel. */
  readonly consent?: ByChannel<boolean>;
  /** Whether the patient wants no messages through the channel; false withdraws an opt-out. */
  readonly opt_out?: ByChannel<boolean>;
}

/** Each choice in a request. */
export function choicesIn(user_id: string, { consent = {}, opt_out = {} }: RequestedChoices): ChoiceChange[] {
  return CHANNELS.flatMap((channel): ChoiceChange[] => {
    const [given, out] = [consent[channel], opt_out[channel]];
    return [
      ...(given === undefined
        ? []
        : [{ user_id, channel, state: given ? ('consent_given' as const) : ('consent_withdrawn' as const) }]),
      ...(out === undefined
        ? []
        : [{ user_id, channel, state: out ? ('opted_out' as const) : ('opt_out_ended' as const) }]),
    ];
  });
}

/** The patient with what a person or program recorded; null if nothing changes. */
export function recording(
  patient: PatientRecord,
  choices: RequestedChoices,
  recorded: Recorded,
): PatientRecord | null {
  const consent = { ...patient.consent };
  const opt_out = { ...patient.opt_out };
  let changed = false;
  for (const channel of CHANNELS) {
    const given = choices.consent?.[channel];
    if (given !== undefined && consent[channel]?.given !== given) {
      consent[channel] = { given, ...recorded };
      changed = true;
    }
    const out = choices.opt_out?.[channel];
    const known = opt_out[channel];
    // An opt-out that a person records replaces one of the provider, so that a reply does not take it back.
    const stays = out ? known !== undefined && known.by !== null : known === undefined;
    if (out === undefined || stays) continue;
    if (out) opt_out[channel] = { ...recorded, reason: null };
    else delete opt_out[channel];
    changed = true;
  }
  return changed ? { ...patient, consent, opt_out, revision: patient.revision + 1 } : null;
}
