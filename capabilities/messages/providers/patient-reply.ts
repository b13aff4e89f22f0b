/** The intent of a reply to an SMS. `other`: anything a program cannot decide. */
export type ReplyKind = 'opt_out' | 'opt_in' | 'help' | 'other';

/**
 * The words of AWS End User Messaging, and those that revoke consent by law: 47 CFR § 64.1200(a)(10) adds
 * REVOKE and OPT OUT.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
 * https://www.ecfr.gov/current/title-47/section-64.1200
 */
const OPT_OUT =
  /^(arret|cancel|end|opt-? ?out|quit|remove|revoke|stop|stop ?all|td|unsubscribe)(?![\p{L}\p{N}])/iu;
const OPT_IN = /^(start|unstop)(?![\p{L}\p{N}])/iu;
const HELP = /^(help|info)(?![\p{L}\p{N}])/iu;

/** Reads a reply as the provider does: by the keyword it begins with, case-insensitively. */
export function replyKind(text: string): ReplyKind {
  const words = text.replace(/^[^\p{L}\p{N}]+/u, '');
  if (OPT_OUT.test(words)) return 'opt_out';
  if (OPT_IN.test(words)) return 'opt_in';
  return HELP.test(words) ? 'help' : 'other';
}

/** A reply to an SMS, without its text and its phone number. */
export interface PatientReply {
  readonly kind: ReplyKind;
  /** The provider's id of the SMS that the patient replies to; null if the provider does not know it. */
  readonly replyTo: string | null;
}
