import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { spoolId } from '../files/spool.ts';
import { refOf } from '../template/resource-names.ts';
import { type Template, unsupported } from '../template/template.ts';
import { type Destination, type Message, MessageRejected } from './destinations.ts';

export interface Topic extends Destination {
  name: string;
  /** @returns the id of the message, the file that keeps it, and whether it went to a mail subscription */
  publish(message: Message): { id: string; file: string; mailed: boolean };
}

export interface TopicOptions {
  data: DataDirectory;
  /** Shows a person the mail. */
  print(line: string): void;
  now(): Date;
}

const subscriptionSchema = z.object({
  TopicArn: z.string(),
  Protocol: z.literal('email'),
  Endpoint: z.string(),
  FilterPolicy: unsupported,
  RedrivePolicy: unsupported,
});

const MAX_BYTES = 256 * 1024;

/** The template's topics. Each message is kept in `sns/<topic>/`, and printed once per mail subscription. */
export function readTopics(template: Template, options: TopicOptions): Topic[] {
  const subscriptions = template
    .resources('AWS::SNS::Subscription')
    .map((id) => template.read(id, subscriptionSchema));
  return template.resources('AWS::SNS::Topic').map((id) => {
    const name = template.nameOf(id);
    const arn = refOf('AWS::SNS::Topic', name) ?? name;
    const addresses = subscriptions
      .filter(({ TopicArn }) => TopicArn === arn)
      .map(({ Endpoint }) => Endpoint);
    return openTopic({ name, arn }, addresses, options);
  });
}

function openTopic(
  topic: { name: string; arn: string },
  addresses: readonly string[],
  { data, now, print }: TopicOptions,
): Topic {
  function publish({ body, subject }: Message) {
    if (Buffer.byteLength(body) > MAX_BYTES) {
      throw new MessageRejected('InvalidParameter', 'Invalid parameter: Message too long');
    }
    const [id, at] = [randomUUID(), now()];
    const file = data.file('sns', topic.name, `${spoolId(at)}.json`);
    replaceFile(file, JSON.stringify({ id, at: at.toISOString(), subject, message: body }, null, 2));
    for (const address of addresses) {
      print(`Mail to ${address}: ${subject ?? `AWS Notification Message (${topic.name})`}`);
      for (const line of body.trimEnd().split('\n')) print(`  | ${line}`);
    }
    return { id, file, mailed: addresses.length > 0 };
  }
  return { ...topic, publish, accept: (message) => void publish(message) };
}
