import * as z from 'zod';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { MessageRejected } from './destinations.ts';
import type { Topic } from './topics.ts';

/** A request in AWS's query protocol: the action and its version are parameters too. */
const publishInput = z.strictObject({
  Action: z.string(),
  Version: z.string(),
  TopicArn: z.string(),
  Message: z.string().min(1),
  Subject: z.string().max(100).optional(),
});

/**
 * The part of SNS's API that the functions use.
 * @param print shows a person the messages that no mail shows
 */
export function sns(topics: readonly Topic[], print: (line: string) => void): Record<string, Operation> {
  return {
    Publish: (input) => {
      const { success, data, error } = publishInput.safeParse(input);
      if (!success)
        throw new ServiceFault('InvalidParameter', `Invalid parameter: ${z.prettifyError(error)}`);
      const { TopicArn, Message: body, Subject: subject } = data;
      const topic = topics.find(({ arn }) => arn === TopicArn);
      if (!topic) throw new ServiceFault('NotFound', 'Topic does not exist');
      try {
        const { id, unread } = topic.publish({ body, subject });
        if (unread !== undefined) {
          print(`Message to ${topic.name}: ${subject ?? body.split('\n')[0]} (kept in ${unread})`);
        }
        return { MessageId: id };
      } catch (error) {
        throw error instanceof MessageRejected ? new ServiceFault(error.code, error.message) : error;
      }
    },
  };
}
