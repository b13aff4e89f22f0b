import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../events/event-rules.ts';
import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import type { SendEmailInput } from './email-request.ts';

/** As in a configuration set. */
export type EmailEventType = keyof typeof names;

/** The detail-type and the eventType of each event. */
const names = {
  SEND: ['Email Sent', 'Send'],
  DELIVERY: ['Email Delivered', 'Delivery'],
  BOUNCE: ['Email Bounced', 'Bounce'],
  COMPLAINT: ['Email Complaint Received', 'Complaint'],
} as const;

interface SentEmail {
  input: SendEmailInput;
  messageId: string;
  at: Date;
}

/**
 * An event of Amazon SES on the default event bus. It names the recipient more than once, as SES does.
 * https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function emailEvent(type: EmailEventType, { input, messageId, at }: SentEmail): BusEvent {
  const [detailType, eventType] = names[type];
  const { FromEmailAddress: source, ConfigurationSetName, EmailTags, Destination, Content } = input;
  const timestamp = at.toISOString();
  const [to] = Destination.ToAddresses;
  const tags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.ses',
    account: ACCOUNT,
    time: `${timestamp.slice(0, 19)}Z`,
    region: REGION,
    resources: [`arn:aws:ses:${REGION}:${ACCOUNT}:configuration-set/${ConfigurationSetName}`],
    detail: {
      eventType,
      mail: {
        timestamp,
        source,
        sendingAccountId: ACCOUNT,
        messageId,
        destination: [to],
        headersTruncated: false,
        headers: [{ name: 'To', value: to }],
        commonHeaders: { from: [source], to: [to], messageId, subject: Content.Simple.Subject.Data },
        tags: { 'ses:configuration-set': [ConfigurationSetName], ...tags },
      },
      ...outcomeOf(type, to, timestamp),
    },
  };
}

function outcomeOf(type: EmailEventType, emailAddress: string, timestamp: string): Record<string, object> {
  if (type === 'SEND') return { send: {} };
  if (type === 'DELIVERY') return { delivery: { timestamp, recipients: [emailAddress] } };
  if (type === 'COMPLAINT') {
    return { complaint: { timestamp, complainedRecipients: [{ emailAddress }], feedbackId: randomUUID() } };
  }
  return {
    bounce: {
      timestamp,
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: `smtp; 550 ${emailAddress} unknown`,
        },
      ],
      feedbackId: randomUUID(),
    },
  };
}
