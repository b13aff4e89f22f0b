import * as z from 'zod';
import { linkFault } from '../../../../core/domain/portal-link.ts';
import { hasDeployTimeValue } from '../../../../lib/configuration/deploy-time-values.ts';
import {
  arnOrDeployTime,
  duration,
  isoDuration,
  list,
  onOff,
  textOrDeployTime,
  urlOrDeployTime,
  wholeNumber,
} from '../../../../lib/configuration/keys/setting-formats.ts';
import { CHANNEL_CHOICES } from '../../rules/channels.ts';
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
      .union([z.enum(CHANNEL_CHOICES), z.literal(false).transform(() => 'off' as const)])
      .default('off'),
    expected: 'off, sms, email or both',
  },
  messageReminders: {
    schema: z.union([none, list(isoDuration)]).default(['P1D', 'P3D', 'P7D']),
    expected: 'ISO 8601 durations, separated by commas (for example P1D,P3D,P7D), or off',
  },
  messagesOff: {
    schema: list(templateName).optional(),
    expected: `names of messages, separated by commas: ${TEMPLATES.join(', ')}, reminder_1, reminder_2, …`,
  },
  messageHours: {
    schema: z
      .string()
      .refine((text) => parseSendingWindow(text) !== null)
      .default('09:00-20:00'),
    expected:
      'two times of a day on a 24-hour clock, at least eight hours apart (for example 09:00-20:00, or 00:00-24:00 for always)',
  },
  messageDailyCap: {
    schema: wholeNumber(1, 20).default(3),
    expected: 'a whole number of messages, 1 to 20',
  },
  messageConsent: {
    schema: z.enum(CONSENT_RULES).default('assumed'),
    expected:
      'assumed (your patients have consented to these messages) or recorded (send only to patients whose consent the API has recorded)',
  },
  messagesBesideJunction: {
    schema: onOff.default('off'),
    expected: 'on (send even if Junction sends its own messages) or off',
  },
  messageTooLate: duration('P1D'),
  messageBrand: {
    schema: z
      .string()
      .regex(/^[^{}<>"\p{Cc}]+$/u)
      .max(60)
      .optional(),
    expected: 'the name that patients know you by, at most 60 characters',
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
  },
  messagePhone: {
    schema: textOrDeployTime(z.string().regex(/^\+?[\d ().-]{7,20}$/)).optional(),
    expected: 'a phone number for questions, as patients should read it (for example 1-800-555-0100)',
  },
  messageMarkersInSms: {
    schema: onOff.default('off'),
    expected: 'on (an SMS names the missing markers, which is health information) or off',
  },
  messageLanguage: {
    schema: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default('en'),
    expected: 'the two-letter code of a language that has a file of texts (for example en or es)',
  },
  messageTemplates: {
    schema: z
      .string()
      .min(1)
      .max(500)
      .refine((path) => !hasDeployTimeValue(path))
      .optional(),
    expected: 'the path of a directory with a file of texts per language (for example ./messages)',
  },
  messageEmailSender: {
    schema: textOrDeployTime(z.email()).optional(),
    expected: 'an email address that Amazon SES may send from (for example results@example.com)',
  },
  messageSmsSender: {
    schema: smsSender.optional(),
    expected:
      'the id or ARN of a phone number or a pool of AWS End User Messaging SMS (phone-… or pool-…), not the number itself',
  },
};

/** The environment variable that passes each setting to the functions. `npm start` reads them too. */
export const messageVariables = {
  PATIENT_MESSAGES: 'patientMessages',
  MESSAGE_REMINDERS: 'messageReminders',
  MESSAGES_OFF: 'messagesOff',
  MESSAGE_HOURS: 'messageHours',
  MESSAGE_DAILY_CAP: 'messageDailyCap',
  MESSAGE_CONSENT: 'messageConsent',
  MESSAGES_BESIDE_JUNCTION: 'messagesBesideJunction',
  MESSAGE_TOO_LATE: 'messageTooLate',
  MESSAGE_BRAND: 'messageBrand',
  MESSAGE_LINK: 'messageLink',
  MESSAGE_PHONE: 'messagePhone',
  MESSAGE_MARKERS_IN_SMS: 'messageMarkersInSms',
  MESSAGE_LANGUAGE: 'messageLanguage',
} as const;
