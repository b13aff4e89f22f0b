import * as z from 'zod/mini';

/** What a provider reports about a message. */
export interface ProviderReport {
  readonly ref: string;
  readonly state: 'sent' | 'delivered' | 'failed' | 'bounced' | 'opted_out';
  /** A code of the provider; null if there is nothing to explain. */
  readonly reason: string | null;
  /** Whether the patient gets no more messages through the channel. */
  readonly optsOut: boolean;
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
export const smsEvent = z.object({
  eventType: z.string().check(z.maxLength(100)),
  isFinal: z.boolean(),
  context: z.object({ ref: z.string() }),
});

/**
 * A report of AWS End User Messaging; null for one that says nothing about the outcome.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
 */
export function smsReport({
  eventType,
  isFinal,
  context: { ref },
}: z.output<typeof smsEvent>): ProviderReport | null {
  switch (eventType) {
    case 'TEXT_DELIVERED':
      return { ref, state: 'delivered', reason: null, optsOut: false };
    case 'TEXT_SENT':
    case 'TEXT_SUCCESSFUL':
      return { ref, state: 'sent', reason: null, optsOut: false };
    // After 72 hours without a report of the carrier. The message was accepted before.
    case 'TEXT_UNKNOWN':
    case 'TEXT_QUEUED':
    case 'TEXT_PENDING':
      return null;
    default:
      return isFinal ? { ref, state: 'failed', reason: eventType, optsOut: false } : null;
  }
}
