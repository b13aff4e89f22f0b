import * as z from 'zod/mini';
import { type PatientReply, replyKind } from './patient-reply.ts';

/** What a provider reports about a message. */
export interface ProviderReport {
  readonly ref: string;
  readonly state: 'sent' | 'delivered' | 'failed' | 'bounced' | 'opted_out';
  /** A code of the provider; null if there is nothing to explain. */
  readonly reason: string | null;
  /** Whether the patient gets no more messages through the channel. */
  readonly optsOut: boolean;
  /** The provider's id of an SMS, which replies name. */
  readonly provider_id?: string;
}

const code = z.catch(z.nullish(z.string().check(z.maxLength(100))), null);

/** What the rule passes on of an event of Amazon SES: no address, subject or header. */
export const sesEvent = z.object({
  provider: z.literal('ses'),
  /** A tag has a list of values. */
  ref: z.pipe(
    z.array(z.string()).check(z.length(1)),
    z.transform(([ref = '']) => ref),
  ),
  /** `Delivery`, `Bounce` and so on. */
  type: z.string(),
  /** The type of a bounce: `Permanent`, `Transient` or `Undetermined`. */
  reason: code,
});

/**
 * A report of Amazon SES; null for one that says nothing about the outcome.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html
 */
export function sesReport({ ref, type, reason = null }: z.output<typeof sesEvent>): ProviderReport | null {
  switch (type) {
    case 'Send':
      return { ref, state: 'sent', reason: null, optsOut: false };
    case 'Delivery':
      return { ref, state: 'delivered', reason: null, optsOut: false };
    case 'Bounce':
      // A transient bounce, such as a full mailbox, says nothing about the next message.
      return { ref, state: 'bounced', reason, optsOut: reason === 'Permanent' };
    case 'Complaint':
      return { ref, state: 'opted_out', reason: reason ?? 'complaint', optsOut: true };
    case 'Reject':
    case 'Rendering Failure':
      return { ref, state: 'failed', reason: reason ?? type, optsOut: false };
    default:
      return null;
  }
}

/** The fields of an event of AWS End User Messaging that are read. The phone numbers are not. */
const smsEvent = z.object({
  eventType: z.string().check(z.maxLength(100)),
  isFinal: z.boolean(),
  messageId: z.string().check(z.maxLength(200)),
  context: z.object({ ref: z.string() }),
});

/**
 * A report of AWS End User Messaging; null for one that says nothing about the outcome.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
 */
function smsReport({
  eventType,
  isFinal,
  messageId,
  context: { ref },
}: z.output<typeof smsEvent>): ProviderReport | null {
  const report = { ref, provider_id: messageId, optsOut: false };
  switch (eventType) {
    case 'TEXT_DELIVERED':
      return { ...report, state: 'delivered', reason: null };
    case 'TEXT_SENT':
    case 'TEXT_SUCCESSFUL':
      return { ...report, state: 'sent', reason: null };
    // After 72 hours without a report of the carrier. The message was accepted before.
    case 'TEXT_UNKNOWN':
    case 'TEXT_QUEUED':
    case 'TEXT_PENDING':
      return null;
    default:
      return isFinal ? { ...report, state: 'failed', reason: eventType } : null;
  }
}

/**
 * The fields of a text that a patient sent to our number. The phone numbers are not read. `previousPublishedMessageId`: the SMS
 * that it replies to.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
 */
const smsReply = z.object({
  inboundMessageId: z.string(),
  messageBody: z.string(),
  previousPublishedMessageId: z.nullish(z.string()),
});

/** A message of one of the topics; null if it is neither, for example because the number has another use. */
export function readSmsNotification(
  text: string,
): { readonly report: ProviderReport | null } | { readonly reply: PatientReply } | null {
  const message = parsed(text);
  const { data: event } = smsEvent.safeParse(message);
  if (event) return { report: smsReport(event) };
  const { data: reply } = smsReply.safeParse(message);
  if (!reply) return null;
  const { messageBody, previousPublishedMessageId = null } = reply;
  return { reply: { kind: replyKind(messageBody), replyTo: previousPublishedMessageId || null } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
