import * as z from 'zod';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { Refused } from './destinations.ts';
import { type Topic, topicNamed } from './topics.ts';

const publishInput = z.looseObject({
  TopicArn: z.string().optional(),
  TargetArn: z.string().optional(),
  Message: z.string().min(1),
  Subject: z.string().max(100).optional(),
});

/**
 * SNS, as far as functions publish to it.
 * @param print is told of what no mail shows
 */
export function sns(topics: readonly Topic[], print: (line: string) => void): Record<string, Operation> {
  return {
    Publish: (input) => {
      const { success, data, error } = publishInput.safeParse(input);
      if (!success)
        throw new ServiceFault('InvalidParameter', `Invalid parameter: ${z.prettifyError(error)}`);
      const { TopicArn, TargetArn, Message: body, Subject: subject } = data;
      try {
        const topic = topicNamed(topics, TopicArn ?? TargetArn ?? '');
        const { id, file, mailed } = topic.publish({ body, subject, attributes: attributesOf(input) });
        if (!mailed) print(`Message to ${topic.name}: ${subject ?? body.split('\n')[0]} (kept in ${file})`);
        return { MessageId: id };
      } catch (error) {
        throw error instanceof Refused ? new ServiceFault(error.code, error.message) : error;
      }
    },
  };
}

/** `MessageAttributes.entry.<n>.Name` and `….Value.StringValue`. */
function attributesOf(form: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(form).flatMap(([key, name]) => {
    const prefix = /^(MessageAttributes\.entry\.\d+\.)Name$/.exec(key)?.[1];
    return prefix === undefined
      ? []
      : [[String(name), String(form[`${prefix}Value.StringValue`] ?? '')] as const];
  });
  return Object.fromEntries(entries);
}
