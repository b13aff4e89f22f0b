import { parseDuration } from '../../../core/domain/duration.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import { duration } from '../../../core/environment/clocks.ts';
import { ON_OFF } from '../../../core/environment/on-off.ts';
import {
  atLeast,
  changed,
  type FieldsRead,
  nonEmpty,
  oneOf,
  optional,
  positiveInteger,
  text,
} from '../../../core/reading/readers.ts';
import { CONSENT_RULES } from '../rules/consent-rule.ts';
import type { PlanSettings, SendSettings } from '../rules/message-settings.ts';
import { parseSendingWindow } from '../rules/sending-window.ts';

/** A list separated by commas; empty or `off` for none. */
const list = changed(
  text,
  (given) => (given === '' || given === 'off' ? [] : given.split(',')),
  'not a list',
);

const channels = changed(
  list,
  (words) => {
    const known = CHANNELS.filter((channel) => words.includes(channel));
    return known.length < words.length ? null : known;
  },
  'not channels',
);

/** ISO 8601 durations separated by commas, read as milliseconds in ascending order. */
const durations = changed(
  list,
  (texts) => {
    const read = texts.map(parseDuration).filter((one) => one !== null);
    return read.length < texts.length ? null : read.sort((a, b) => a - b);
  },
  'not ISO 8601 durations like P1D',
);

/** `09:00-20:00`. */
const hours = changed(text, parseSendingWindow, 'not hours like 09:00-20:00');

const onOff = changed(oneOf(ON_OFF), (given) => given === 'on', '');

/** The settings that decide which messages exist. They are the same for every function that plans or requests messages. */
export const messageVariables = {
  PATIENT_MESSAGES: channels,
  MESSAGE_REMINDERS: durations,
  MESSAGES_OFF: list,
  MESSAGE_TOO_LATE: duration,
};

/** What decides how and when messages are sent. */
export const sendingVariables = {
  MESSAGE_HOURS: hours,
  MESSAGE_DAILY_CAP: positiveInteger,
  MESSAGE_CONSENT: oneOf(CONSENT_RULES),
  MESSAGES_BESIDE_JUNCTION: onOff,
  MESSAGE_BRAND: nonEmpty,
  MESSAGE_LINK: optional(text),
  MESSAGE_PHONE: optional(text),
  MESSAGE_MARKERS_IN_SMS: onOff,
  MESSAGE_LANGUAGE: atLeast(2),
  /** The verified identity that e-mail is sent from, and its configuration set; absent if e-mail is off. */
  MESSAGE_EMAIL_SENDER: optional(text),
  EMAIL_CONFIGURATION_SET: optional(text),
  /** The phone number or pool that SMS are sent from, and its configuration set; absent if SMS are off. */
  MESSAGE_SMS_SENDER: optional(text),
  SMS_CONFIGURATION_SET: optional(text),
};

export function planSettingsOf(env: FieldsRead<typeof messageVariables>): PlanSettings {
  return {
    channels: env.PATIENT_MESSAGES,
    reminders: env.MESSAGE_REMINDERS,
    off: env.MESSAGES_OFF,
    tooLate: env.MESSAGE_TOO_LATE,
  };
}

export function sendSettingsOf(
  env: FieldsRead<typeof messageVariables & typeof sendingVariables>,
): SendSettings {
  return {
    ...planSettingsOf(env),
    hours: env.MESSAGE_HOURS,
    dailyCap: env.MESSAGE_DAILY_CAP,
    consent: env.MESSAGE_CONSENT,
    besideJunction: env.MESSAGES_BESIDE_JUNCTION,
  };
}
