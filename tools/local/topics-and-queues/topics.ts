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
  /** Its mail subscriptions. */
  addresses: readonly string[];
  /** @returns the id of the message, and the file that keeps it if no subscriber got it */
  publish(message: Message): { id: string; unread?: string };
}

export interface TopicOptions {
  data: DataDirectory;
  /** Shows a person the mail. */
  print(line: string): void;
  now(): Date;
  /** The function with an ARN, for its subscriptions. */
  functionWith(arn: string): Destination;
}

const subscriptionSchema = z.object({
  TopicArn: z.string(),
  Protocol: z.enum(['email', 'lambda']),
  Endpoint: z.string(),
  /** Of the attributes of a message. */
  FilterPolicy: z.record(z.string(), z.tuple([z.strictObject({ exists: z.literal(false) })])).optional(),
  RedrivePolicy: unsupported,
});

const MAX_BYTES = 256 * 1024;

/**
 * The template's topics. Each message is printed once per mail subscription and kept in `sns/<topic>/`; what goes to
 * functions is not kept, because SNS keeps nothing.
 */
export function readTopics(template: Template, options: TopicOptions): Topic[] {
  const subscriptions = template
    .resources('AWS::SNS::Subscription')
    .map((id) => template.read(id, subscriptionSchema));
  return template.resources('AWS::SNS::Topic').map((id) => {
    const name = template.nameOf(id);
    const arn = refOf('AWS::SNS::Topic', name) ?? name;
    const subscribed = (protocol: string) =>
      subscriptions.filter(({ TopicArn, Protocol }) => TopicArn === arn && Protocol === protocol);
    const functions = subscribed('lambda').map(({ Endpoint }) => options.functionWith(Endpoint));
    return functions.length > 0
      ? functionTopic({ name, arn }, functions, options)
      : openTopic({ name, arn }, subscribed('email'), options);
  });
}

function openTopic(
  topic: { name: string; arn: string },
  subscriptions: readonly z.output<typeof subscriptionSchema>[],
  { data, now, print }: TopicOptions,
): Topic {
  const addresses = subscriptions.map(({ Endpoint }) => Endpoint);
  function publish({ body, subject, attributes = {} }: Message) {
    checkLength(body);
    const id = randomUUID();
    const at = now();
    const file = data.file('sns', topic.name, `${spoolId(at)}.json`);
    replaceFile(file, JSON.stringify({ id, at: at.toISOString(), subject, message: body }, null, 2));
    for (const { Endpoint: address, FilterPolicy = {} } of subscriptions) {
      if (Object.keys(FilterPolicy).some((name) => name in attributes)) continue;
      print(`Mail to ${address}: ${subject ?? `AWS Notification Message (${topic.name})`}`);
      for (const line of body.trimEnd().split('\n')) print(`  | ${line}`);
    }
    return addresses.length > 0 ? { id } : { id, unread: file };
  }
  return { ...topic, addresses, publish, accept: (message) => void publish(message) };
}

function functionTopic(
  topic: { name: string; arn: string },
  functions: readonly Destination[],
  { now }: TopicOptions,
): Topic {
  function publish({ body, subject }: Message) {
    checkLength(body);
    const id = randomUUID();
    const event = snsEvent(topic.arn, { id, at: now(), subject, message: body });
    for (const target of functions) target.accept({ body: JSON.stringify(event) });
    return { id };
  }
  return { ...topic, addresses: [], publish, accept: (message) => void publish(message) };
}

function checkLength(body: string): void {
  if (Buffer.byteLength(body) <= MAX_BYTES) return;
  throw new MessageRejected('InvalidParameter', 'Invalid parameter: Message too long');
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function snsEvent(
  TopicArn: string,
  { id, at, subject, message }: { id: string; at: Date; subject: string | undefined; message: string },
) {
  const Sns = {
    Type: 'Notification',
    MessageId: id,
    TopicArn,
    Subject: subject ?? null,
    Message: message,
    Timestamp: at.toISOString(),
    MessageAttributes: {},
  };
  const EventSubscriptionArn = `${TopicArn}:local`;
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn, Sns }] };
}
