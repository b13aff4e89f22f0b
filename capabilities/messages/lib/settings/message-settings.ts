import type { IsoDuration, OnOff } from '../../../../lib/configuration/props/setting-types.ts';
import type { ChannelChoice } from '../../rules/channels.ts';
import type { ConsentRule } from '../../rules/consent-rule.ts';

/** The messages to patients. */
export interface MessageSettings {
  /**
   * The channels used for messages to patients: `'off'`, `'sms'`, `'email'` or `'both'`.
   *
   * @default 'off'
   */
  readonly patientMessages?: ChannelChoice | undefined;
  /**
   * When to remind patients, counted from the start of the stage in which they have to act; `'off'` for no reminders.
   *
   * @default ['P1D', 'P3D', 'P7D']
   */
  readonly messageReminders?: IsoDuration[] | 'off' | undefined;
  /**
   * Names of messages that are not sent, for example `['appointment_cancelled', 'reminder_3']`.
   *
   * @default - none: every message is sent
   */
  readonly messagesOff?: string[] | undefined;
  /**
   * The hours during which messages may be sent, in the patient's time zone: at least eight hours. `'00:00-24:00'` for always.
   *
   * @default '09:00-20:00'
   */
  readonly messageHours?: string | undefined;
  /**
   * The maximum number of messages a patient gets per day, 1 to 20.
   *
   * @default 3
   */
  readonly messageDailyCap?: number | undefined;
  /**
   * Whether patients are assumed to have consented (`assumed`), or only patients get messages whose
   * consent the API has recorded.
   *
   * @default 'assumed'
   */
  readonly messageConsent?: ConsentRule | undefined;
  /**
   * Whether to send even where Junction sends its own messages.
   *
   * @default 'off'
   */
  readonly messagesBesideJunction?: OnOff | undefined;
  /**
   * How late a message may be sent. Older messages are not sent.
   *
   * @default 'P1D'
   */
  readonly messageTooLate?: IsoDuration | undefined;
  /** Your brand name, as patients know it, at most 60 characters. Required with `patientMessages`. */
  readonly messageBrand?: string | undefined;
  /**
   * The link to your portal: an https URL with the fields `{client_user_id}`, `{user_id}`, `{order_id}` and
   * `{transaction_id}` where needed.
   *
   * @default - messages without a link
   */
  readonly messageLink?: string | undefined;
  /**
   * A phone number for questions.
   *
   * @default - messages without a phone number
   */
  readonly messagePhone?: string | undefined;
  /**
   * Whether an SMS names the missing markers, which is health information.
   *
   * @default 'off'
   */
  readonly messageMarkersInSms?: OnOff | undefined;
  /**
   * The language of the messages, two letters. A text that is missing in it is sent in English.
   *
   * @default 'en'
   */
  readonly messageLanguage?: string | undefined;
  /**
   * The path of a directory with your texts, a file per language.
   *
   * @default - the texts of this project
   */
  readonly messageTemplates?: string | undefined;
  /** The e-mail address that messages come from, verified in Amazon SES. Required for e-mails. */
  readonly messageEmailSender?: string | undefined;
  /** The id or ARN of a phone number or a pool in AWS End User Messaging SMS. Required for SMS. */
  readonly messageSmsSender?: string | undefined;
}
