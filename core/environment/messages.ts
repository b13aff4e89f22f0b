import * as z from 'zod/mini';
import { parseDuration } from '../domain/duration.ts';
import { CHANNEL_CHOICES, chosenChannels } from '../domain/message/channels.ts';
import { CONSENT_RULES } from '../domain/message/consent-rule.ts';
import type { PlanSettings, SendSettings } from '../domain/message/message-settings.ts';
import { parseSendingWindow, type SendingWindow } from '../domain/message/sending-window.ts';
import { duration } from './clocks.ts';
import { ON_OFF } from './on-off.ts';

/** A list separated by commas; empty or `off` for none. */
const list = z.pipe(
  z.string(),
  z.transform((text): string[] => (text === '' || text === 'off' ? [] : text.split(','))),
);

/** ISO 8601 durations separated by commas, read as milliseconds in ascending order. */
const durations = z.pipe(
  list,
  z.transform((texts, context): number[] =>
    texts
      .map((text) => {
        const read = parseDuration(text);
        if (read !== null) return read;
        context.issues.push({ code: 'custom', message: 'not an ISO 8601 duration like P1D', input: text });
        return 0;
      })
      .sort((a, b) => a - b),
  ),
);

/** `09:00-20:00`. */
const hours = z.pipe(
  z.string(),
  z.transform((text, context): SendingWindow => {
    const read = parseSendingWindow(text);
    if (read !== null) return read;
    context.issues.push({ code: 'custom', message: 'not hours like 09:00-20:00', input: text });
    return z.NEVER;
  }),
);

const onOff = z.pipe(
  z.enum(ON_OFF),
  z.transform((text) => text === 'on'),
);

/** The settings that decide which messages exist. They are the same for every function that plans or requests messages. */
export const messageVariables = {
  PATIENT_MESSAGES: z.enum(CHANNEL_CHOICES),
  MESSAGE_REMINDERS: durations,
  MESSAGES_OFF: list,
  MESSAGE_TOO_LATE: duration,
};

/** What decides how and when messages are sent. */
export const sendingVariables = {
  MESSAGE_HOURS: hours,
  MESSAGE_DAILY_CAP: z.coerce.number().check(z.int(), z.minimum(1)),
  MESSAGE_CONSENT: z.enum(CONSENT_RULES),
  MESSAGES_BESIDE_JUNCTION: onOff,
  MESSAGE_BRAND: z.string().check(z.minLength(1)),
  MESSAGE_LINK: z.optional(z.string()),
  MESSAGE_PHONE: z.optional(z.string()),
  MESSAGE_MARKERS_IN_SMS: onOff,
  MESSAGE_LANGUAGE: z.string().check(z.minLength(2)),
  /** The verified identity that e-mail is sent from, and its configuration set; absent if e-mail is off. */
  MESSAGE_EMAIL_SENDER: z.optional(z.string()),
  EMAIL_CONFIGURATION_SET: z.optional(z.string()),
  /** The phone number or pool that SMS are sent from, and its configuration set; absent if SMS are off. */
  MESSAGE_SMS_SENDER: z.optional(z.string()),
  SMS_CONFIGURATION_SET: z.optional(z.string()),
};

export function planSettingsOf(env: z.output<z.ZodMiniObject<typeof messageVariables>>): PlanSettings {
  return {
    channels: chosenChannels(env.PATIENT_MESSAGES),
    reminders: env.MESSAGE_REMINDERS,
    off: env.MESSAGES_OFF,
    tooLate: env.MESSAGE_TOO_LATE,
  };
}

export function sendSettingsOf(
  env: z.output<z.ZodMiniObject<typeof messageVariables & typeof sendingVariables>>,
): SendSettings {
  return {
    ...planSettingsOf(env),
    hours: env.MESSAGE_HOURS,
    dailyCap: env.MESSAGE_DAILY_CAP,
    consent: env.MESSAGE_CONSENT,
    besideJunction: env.MESSAGES_BESIDE_JUNCTION,
  };
}
