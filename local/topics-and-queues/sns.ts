import * as z from 'zod';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { ACCOUNT } from '../template/intrinsics.ts';
import { MessageRejected } from './destinations.ts';
import type { HttpSubscriptions } from './http-subscriptions.ts';
import type { Topic } from './topics.ts';

/** A request in AWS's query protocol: the action and its version are parameters too. */
const publishInput = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  TopicArn: z.string(),
  Message: z.string().min(1),
  Subject: z.string().max(100).optional(),
});

const subscribeInput = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  TopicArn: z.string(),
  Protocol: z.enum(['http', 'https'], 'the local run can subscribe http and https endpoints'),
  Endpoint: z.url({ protocol: /^https?$/ }),
  ReturnSubscriptionArn: z.string().optional(),
});

const unsubscribeInput = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  SubscriptionArn: z.string(),
});

const listInput = z.strictObject({ Action: z.string(), Version: z.string(), TopicArn: z.string() });

/**
 * The part of SNS's API that the functions use, and that subscribes endpoints and lists subscriptions.
 * @param print shows a person the messages that no mail shows
 */
export function sns(
  topics: readonly Topic[],
  endpoints: HttpSubscriptions,
  print: (line: string) => void,
): Record<string, Operation> {
  function topicWith(arn: string): Topic {
    const topic = topics.find((one) => one.arn === arn);
    if (!topic) throw new ServiceFault('NotFound', 'Topic does not exist');
    return topic;
  }

  return {
    Publish: (input) => {
      const { TopicArn, Message: body, Subject: subject } = parsed(publishInput, input);
      const topic = topicWith(TopicArn);
      try {
        const { id, unread } = topic.publish({ body, subject });
        if (unread) print(`Message to ${topic.name}: ${subject ?? body.split('\n')[0]} (kept in ${unread})`);
        return { MessageId: id };
      } catch (error) {
        throw error instanceof MessageRejected ? new ServiceFault(error.code, error.message) : error;
      }
    },
    Subscribe: (input) => {
      const { TopicArn, Protocol, Endpoint } = parsed(subscribeInput, input);
      topicWith(TopicArn);
      return { SubscriptionArn: endpoints.add({ TopicArn, Protocol, Endpoint }) };
    },
    Unsubscribe: (input) => {
      endpoints.remove(parsed(unsubscribeInput, input).SubscriptionArn);
      return {};
    },
    ListSubscriptionsByTopic: (input) => {
      const { arn, addresses } = topicWith(parsed(listInput, input).TopicArn);
      const mails = addresses.map((Endpoint, index) => ({
        SubscriptionArn: `${arn}:mail-${index}`,
        TopicArn: arn,
        Protocol: 'email',
        Endpoint,
      }));
      const posted = endpoints.all().filter(({ TopicArn }) => TopicArn === arn);
      return { Subscriptions: [...mails, ...posted].map((one) => ({ ...one, Owner: ACCOUNT })) };
    },
  };
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(input);
  if (!success) throw new ServiceFault('InvalidParameter', `Invalid parameter: ${z.prettifyError(error)}`);
  return data;
}
