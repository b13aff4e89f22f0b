import * as z from 'zod';
import { linkFault } from '../../../../core/domain/portal-link.ts';
import { CHANNELS, type Channel } from '../../../../core/domain/transaction/told.ts';
import { hasDeployTimeValue } from '../../../../lib/setting/deploy-time-values.ts';
import {
  arnOrDeployTime,
  count,
  duration,
  isoDuration,
  list,
  onOffSetting,
  textOrDeployTime,
  urlOrDeployTime,
} from '../../../../lib/setting/setting-formats.ts';
import { CHANNEL_WORDS, chosenChannels } from '../../rules/channels.ts';
import { CONSENT_RULES } from '../../rules/consent-rule.ts';
import { TEMPLATES } from '../../rules/message.ts';
import { parseSendingWindow } from '../../rules/sending-window.ts';

/** `off` or an empty list for no reminders. cdk.json may also say false. */
const none = z.union([z.literal('off'), z.literal(false), z.array(z.never())]).transform((): string[] => []);

const templateName = z.string().regex(new RegExp(`^(${TEMPLATES.join('|')}|reminder_[1-9]\\d?)$`));

/**
 * A phone number or a pool. An id is part of an ARN, so that sending can be permitted from this one alone; a number in digits is not.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/permissions-actions.html
 */
const smsSender = z.union([
  z.string().regex(/^(phone|pool)-[A-Za-z0-9]{1,64}$/),
  arnOrDeployTime(/^arn:aws:sms-voice:[a-z0-9-]+:\d{12}:(phone-number\/phone|pool\/pool)-[A-Za-z0-9]{1,64}$/),
]);

/** The messages to patients. */
export const messageKeys = {
  patientMessages: {
    schema: z
      .union([
        z.enum(CHANNEL_WORDS),
        z.array(z.enum(CHANNELS)).readonly(),
        z.literal(false).transform(() => 'off' as const),
      ])
      .default('off')
      .transform(chosenChannels),
    expected: 'off, sms, email or both',
    otherwise: '`off`',
    type: 'ChannelChoice',
    means:
      'The channels for [messages to patients](#messages-to-patients) about their redraws. The settings of messages take effect only if it is not `off`.',
  },
  messageReminders: {
    schema: z.union([none, list(isoDuration)]).default(['P1D', 'P3D', 'P7D']),
    expected: 'ISO 8601 durations, separated by commas (for example P1D,P3D,P7D), or off',
    type: "IsoDuration[] | 'off'",
    means:
      'When to remind patients, counted from the time at which they had to act. Any number of durations, or `off`.',
  },
  messagesOff: {
    schema: list(templateName).optional(),
    expected: `names of messages, separated by commas: ${TEMPLATES.join(', ')}, reminder_1, reminder_2, …`,
    type: 'string[]',
    means: 'Names of messages that are not sent, for example `appointment_cancelled` and `reminder_3`.',
  },
  messageHours: {
    schema: z
      .string()
      .refine((text) => parseSendingWindow(text) !== null)
      .default('09:00-20:00'),
    expected:
      'two times of a day on a 24-hour clock, at least eight hours apart (for example 09:00-20:00, or 00:00-24:00 for always)',
    means:
      "The hours in which messages may be sent, in the patient's time zone, at least eight. `00:00-24:00` means at any time.",
  },
  messageDailyCap: {
    ...count('messages', 1, 20, 3),
    means: 'The maximum number of messages a patient gets per day, 1 to 20.',
  },
  messageConsent: {
    schema: z.enum(CONSENT_RULES).default('assumed'),
    expected:
      'assumed (your patients have consented to these messages) or recorded (send only to patients whose consent the API has recorded)',
    type: 'ConsentRule',
    means:
      'Whether patients are assumed to have consented (`assumed`), or only patients get messages whose consent the API has recorded.',
  },
  messagesBesideJunction: {
    ...onOffSetting('off', 'on (send even if Junction sends its own messages) or off'),
    means: 'Whether to send messages even if Junction sends its own.',
  },
  messageTooLate: {
    ...duration('P1D'),
    means:
      'How late a message may be sent. Older messages are not sent, for example after you switch messages on.',
  },
  messageBrand: {
    schema: z
      .string()
      .regex(/^[^{}<>"\p{Cc}]+$/u)
      .max(60)
      .optional(),
    expected: 'the name that patients know you by, at most 60 characters',
    means:
      'The name that patients know you by, at most 60 characters. It appears in the texts and as the sender name of emails. Required with `patientMessages`.',
  },
  messageLink: {
    schema: urlOrDeployTime(
      z
        .string()
        .max(200)
        .refine((text) => linkFault(text) === null),
    ).optional(),
    expected:
      'an https URL, at most 200 characters, with the fields {client_user_id}, {user_id}, {order_id} and {transaction_id} where needed (for example https://portal.example.com/orders/{order_id})',
    means:
      'The link to your portal: an https URL with the fields `{client_user_id}`, `{user_id}`, `{order_id}` and `{transaction_id}` where needed.',
  },
  messagePhone: {
    schema: textOrDeployTime(z.string().regex(/^\+?[\d ().-]{7,20}$/)).optional(),
    expected: 'a phone number for questions, as patients should read it (for example 1-800-555-0100)',
    means: 'A phone number for questions.',
  },
  messageMarkersInSms: {
    ...onOffSetting('off', 'on (an SMS names the missing markers, which is health information) or off'),
    means: 'Whether an SMS names the missing markers, which is health information.',
  },
  messageLanguage: {
    schema: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default('en'),
    expected: 'the two-letter code of a language that has a file of texts (for example en or es)',
    means:
      'The language of the messages, as a two-letter code. A text that is missing in this language is sent in English.',
  },
  messageTemplates: {
    schema: z
      .string()
      .min(1)
      .max(500)
      .refine((path) => !hasDeployTimeValue(path))
      .optional(),
    expected: 'the path of a directory with a file of texts per language (for example ./messages)',
    otherwise: 'the texts in `messages/`',
    means: 'The path of a directory with your texts, one file per language.',
  },
  messageEmailSender: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that Amazon SES may send from (for example results@example.com)',
    means: 'The sender address of email messages, verified in Amazon SES. Required for email.',
  },
  messageSmsSender: {
    schema: smsSender.optional(),
    expected:
      'the id or ARN of a phone number or a pool of AWS End User Messaging SMS (phone-… or pool-…), not the number itself',
    means: 'The ID or ARN of a phone number or a pool in AWS End User Messaging SMS. Required for SMS.',
  },
};

/** The setting with the sender of each channel. */
export const senderSettings = {
  sms: 'messageSmsSender',
  email: 'messageEmailSender',
} as const satisfies Record<Channel, keyof typeof messageKeys>;

/** The settings that the functions read. `npm start` reads them too. */
export const messageSettingNames = [
  'patientMessages',
  'messageReminders',
  'messagesOff',
  'messageHours',
  'messageDailyCap',
  'messageConsent',
  'messagesBesideJunction',
  'messageTooLate',
  'messageBrand',
  'messageLink',
  'messagePhone',
  'messageMarkersInSms',
  'messageLanguage',
] as const;
