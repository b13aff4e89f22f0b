import { randomUUID } from 'node:crypto';

export interface RepliesOptions {
  /** The topic for replies (docs/deploy.md); undefined if the stack has none. */
  topicArn: string | undefined;
  publish(topicArn: string, message: string): void;
}

/** What patients reply to an SMS. */
export interface Replies {
  /** Records that a number received an SMS. */
  received(number: string, messageId: string): void;
  /** @returns whether the number has got an SMS since the start, so that the text is a reply */
  reply(number: string, text: string): boolean;
}

/**
 * Forwards every reply to the topic, as for a number with self-managed opt-outs. Otherwise AWS handles STOP and HELP itself and
 * refuses the next SMS, as it does for the number that ends in 555-0192.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list-self-managed.html
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
 */
export function openReplies({ topicArn, publish }: RepliesOptions): Replies {
  const newest = new Map<string, string>();
  return {
    received: (number, messageId) => void newest.set(number, messageId),
    reply(number, text) {
      const previousPublishedMessageId = newest.get(number);
      if (topicArn === undefined || previousPublishedMessageId === undefined) return false;
      const payload = {
        originationNumber: number,
        destinationNumber: '+18005550100',
        messageKeyword: 'KEYWORD_123456789012',
        messageBody: text,
        inboundMessageId: randomUUID(),
        previousPublishedMessageId,
      };
      publish(topicArn, JSON.stringify(payload));
      return true;
    },
  };
}
