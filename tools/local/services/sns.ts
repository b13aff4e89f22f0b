import * as z from 'zod';
import { ACCOUNT } from '../template/intrinsics.ts';
import { MessageRejected } from '../topics-and-queues/destinations.ts';
import type { Topic } from '../topics-and-queues/topics.ts';
import { type Operation, ServiceFault } from './service-operation.ts';

/** A request in AWS's query protocol: the action and its version are parameters too. */
const publishInput = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  TopicArn: z.string(),
  Message: z.string().min(1),
  Subject: z.string().max(100).optional(),
  // One attribute: nobody here sends more.
  'MessageAttributes.entry.1.Name': z.string().optional(),
  'MessageAttributes.entry.1.Value.DataType': z.literal('String').optional(),
  'MessageAttributes.entry.1.Value.StringValue': z.string().optional(),
});

const topicInput = z.strictObject({ Action: z.string(), Version: z.string(), TopicArn: z.string() });

/**
 * The part of SNS's API that the functions use, and that lists or counts the template's subscriptions.
 * @param print prints the messages that have no email subscription
 */
export function sns(topics: readonly Topic[], print: (line: string) => void): Record<string, Operation> {
  function topicWith(arn: string): Topic {
    const topic = topics.find((one) => one.arn === arn);
    if (!topic) throw new ServiceFault('NotFound', 'Topic does not exist');
    return topic;
  }

  return {
    Publish: (input) => {
      const { TopicArn, Message: body, Subject: subject, ...more } = parsed(publishInput, input);
      const topic = topicWith(TopicArn);
      const name = more['MessageAttributes.entry.1.Name'];
      const value = more['MessageAttributes.entry.1.Value.StringValue'];
      const attributes = name && value ? { [name]: value } : {};
      try {
        const { id, unread } = topic.publish({ body, subject, attributes });
        if (unread) print(`Message to ${topic.name}: ${subject ?? body.split('\n')[0]} (kept in ${unread})`);
        return { MessageId: id };
      } catch (error) {
        throw error instanceof MessageRejected ? new ServiceFault(error.code, error.message) : error;
      }
    },
    ListSubscriptionsByTopic: (input) => {
      const { arn, addresses } = topicWith(parsed(topicInput, input).TopicArn);
      const mails = addresses.map((Endpoint, index) => ({
        SubscriptionArn: `${arn}:mail-${index}`,
        TopicArn: arn,
        Protocol: 'email',
        Endpoint,
        Owner: ACCOUNT,
      }));
      return { Subscriptions: mails };
    },
    GetTopicAttributes: (input) => {
      const { arn, addresses } = topicWith(parsed(topicInput, input).TopicArn);
      // The terminal shows every message: somebody reads a topic without a subscription too.
      const confirmed = Math.max(addresses.length, 1);
      return { Attributes: new Map(Object.entries({ TopicArn: arn, SubscriptionsConfirmed: confirmed })) };
    },
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (!success) throw new ServiceFault('InvalidParameter', `Invalid parameter: ${z.prettifyError(error)}`);
  return data;
}
