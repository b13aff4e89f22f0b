import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod/mini';
import { QUICK } from '../../core/aws/client-options.ts';
import { TEST_ATTRIBUTE, TOPICS_TESTED } from '../../core/events/source.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { eventMail, MAILED_EVENT_TYPES } from '../../core/use-cases/review/event-mail.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const sns = new SNSClient(QUICK);
const links = { pages: env.PAGES_URL, runbook: env.RUNBOOK_URL };

const busEvent = z.object({
  id: z.string(),
  'detail-type': z.enum([...MAILED_EVENT_TYPES, TOPICS_TESTED]),
  detail: z.record(z.string(), z.unknown()),
});

/** What `redraw-tracker verify` sends to each topic. The subscription of `operatorEmail` leaves it out. */
const TEST = {
  Subject: 'Test of this topic',
  Message: 'A deployment of redraw-tracker was verified, and this topic works. There is nothing to do.\n',
  MessageAttributes: { [TEST_ATTRIBUTE]: { DataType: 'String', StringValue: 'true' } },
};

/** Mails operators about an event that needs a person. A critical result goes to a topic of its own too. */
async function mailOperators(event: unknown): Promise<void> {
  const { id, 'detail-type': type, detail } = busEvent.parse(event);
  const mail = type === TOPICS_TESTED ? TEST : eventMail(type, detail, links);
  const topics = [
    ...(type === 'Critical Result Reported' || type === TOPICS_TESTED
      ? [env.CRITICAL_RESULTS_TOPIC_ARN]
      : []),
    env.OPERATORS_TOPIC_ARN,
  ];
  // A topic that cannot be reached keeps no mail from the other. A repetition mails both again.
  const sent = await Promise.allSettled(
    topics.map((TopicArn) => sns.send(new PublishCommand({ TopicArn, ...mail }))),
  );
  const failed = sent.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  logger.info('operators mailed', { event_id: id, type });
}

export const handler = identified(mailOperators, causeOf);

/** The id of what caused the event. */
function causeOf(event: unknown): string | undefined {
  const { correlation_id } = busEvent.safeParse(event).data?.detail ?? {};
  return typeof correlation_id === 'string' ? correlation_id : undefined;
}
