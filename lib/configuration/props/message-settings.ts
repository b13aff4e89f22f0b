import type { ChannelChoice } from '../../../core/domain/message/channels.ts';
import type { ConsentRule } from '../../../core/domain/message/consent-rule.ts';
import type { IsoDuration, OnOff } from './setting-types.ts';

/** The messages to patients. */
export interface MessageSettings {
  /**
   * By which channels messages go to patients: `'off'`, `'sms'`, `'email'` or `'both'`.
   *
   * @default 'off'
   */
  readonly patientMessages?: ChannelChoice | undefined;
  /**
   * When to remind patients who have to act, counted from when they had to; `'off'` for no reminders.
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
   * When messages may go, in the time zone of the patient: at least eight hours. `'00:00-24:00'` for always.
   *
   * @default '09:00-20:00'
   */
  readonly messageHours?: string | undefined;
  /**
   * Messages that a patient gets in a day at most, 1 to 20.
   *
   * @default 3
   */
  readonly messageDailyCap?: number | undefined;
  /**
   * Whether you state that your patients have consented to these messages (`assumed`), or only those get messages whose
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
   * How late a message may go. What is older is not sent.
   *
   * @default 'P1D'
   */
  readonly messageTooLate?: IsoDuration | undefined;
  /** The name that patients know you by, at most 60 characters. Required with `patientMessages`. */
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
