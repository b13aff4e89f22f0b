import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { eventPattern, type Matches } from '../events/event-pattern.ts';
import { replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { spoolId } from '../files/spool.ts';
import { Problem } from '../problem.ts';
import { refOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { type Destination, type Destinations, type Message, Refused } from './destinations.ts';

export interface Topic extends Destination {
  name: string;
  publish(message: Message): { id: string; file: string; mailed: boolean };
}

/** What a subscriber gets, before it is put into the form of its protocol. */
interface Notification {
  id: string;
  topic: { name: string; arn: string };
  subject: string | undefined;
  body: string;
  attributes: Record<string, string>;
  at: Date;
}

interface Subscription {
  mail: boolean;
  takes(notification: Notification): boolean;
  deliver(notification: Notification): void;
}

export interface TopicOptions {
  data: DataDirectory;
  destinations: Destinations;
  /** Shows a person what would come to them. */
  print(line: string): void;
  /** For a person: what could not be delivered. */
  report(line: string): void;
  now(): Date;
}

const subscriptionSchema = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string().default(''),
  RawMessageDelivery: z.coerce.boolean().default(false),
  FilterPolicy: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).default('MessageAttributes'),
});

const topicSchema = z.object({
  Subscription: z.array(z.object({ Protocol: z.string(), Endpoint: z.string() })).default([]),
});

const MOST_BYTES = 256 * 1024;

/**
 * The template's topics. Every message is kept under `sns/<topic>/`; mail is printed as well, and queues and functions
 * get theirs. Who subscribed is read from the template once all destinations are known: call `subscribe` then.
 */
export function readTopics(
  template: Template,
  options: TopicOptions,
): { topics: Topic[]; subscribe(): void } {
  const subscriptions = new Map<string, Subscription[]>();
  const topics = template.resources('AWS::SNS::Topic').map((id) => {
    const name = template.nameOf(id);
    const arn = refOf('AWS::SNS::Topic', name) ?? name;
    const subscribed: Subscription[] = [];
    subscriptions.set(arn, subscribed);
    return openTopic({ name, arn }, subscribed, options);
  });
  const subscribe = () => {
    for (const { arn, subscription } of readSubscriptions(template, options)) {
      subscriptions.get(arn)?.push(subscription);
    }
  };
  return { topics, subscribe };
}

function openTopic(
  topic: { name: string; arn: string },
  subscriptions: readonly Subscription[],
  { data, now, report }: TopicOptions,
): Topic {
  function publish({ body, subject, attributes = {} }: Message) {
    if (Buffer.byteLength(body) > MOST_BYTES) {
      throw new Refused('InvalidParameter', 'Invalid parameter: Message too long');
    }
    const notification = { id: randomUUID(), topic, subject, body, attributes, at: now() };
    const { id, at } = notification;
    const kept = { id, at: at.toISOString(), subject, attributes, message: body };
    const file = data.file('sns', topic.name, `${spoolId(at)}.json`);
    replaceFile(file, JSON.stringify(kept, null, 2));
    const taking = subscriptions.filter((subscription) => subscription.takes(notification));
    for (const subscription of taking) {
      try {
        subscription.deliver(notification);
      } catch (error) {
        // The others have theirs, and the publisher has done its part.
        report(`A subscriber of ${topic.name} did not take the message ${id}: ${String(error)}`);
      }
    }
    return { id, file, mailed: taking.some(({ mail }) => mail) };
  }
  return {
    ...topic,
    publish,
    accept: (message) => {
      publish(message);
    },
  };
}

function readSubscriptions(template: Template, options: TopicOptions) {
  const own = template.resources('AWS::SNS::Subscription').map((id) => {
    const properties = template.read(id, subscriptionSchema);
    return { arn: properties.TopicArn, subscription: subscriptionOf(id, properties, options) };
  });
  const inTopics = template.resources('AWS::SNS::Topic').flatMap((id) => {
    const arn = refOf('AWS::SNS::Topic', template.nameOf(id)) ?? '';
    return template.read(id, topicSchema).Subscription.map((given) => {
      const properties = subscriptionSchema.parse({ TopicArn: arn, ...given });
      return { arn, subscription: subscriptionOf(id, properties, options) };
    });
  });
  return [...own, ...inTopics];
}

function subscriptionOf(
  id: string,
  properties: z.output<typeof subscriptionSchema>,
  { destinations, print }: TopicOptions,
): Subscription {
  const { Protocol: protocol, Endpoint: endpoint } = properties;
  const takes = filterOf(properties);
  if (protocol === 'email' || protocol === 'email-json') {
    return { mail: true, takes, deliver: (notification) => printMail(endpoint, notification, print) };
  }
  const form = forms[protocol];
  if (!form) {
    throw new Problem(
      `The subscription ${id} uses the protocol ${protocol}; the local run knows email, sqs and lambda.`,
    );
  }
  const destination = destinations.find(endpoint, `subscription ${id}`);
  const raw = properties.RawMessageDelivery && protocol === 'sqs';
  return {
    mail: false,
    takes,
    deliver: (notification) => {
      const { body, attributes } = notification;
      destination.accept(raw ? { body, attributes } : { body: JSON.stringify(form(notification)) });
    },
  };
}

function filterOf({ FilterPolicy, FilterPolicyScope }: z.output<typeof subscriptionSchema>) {
  if (FilterPolicy === undefined) return () => true;
  const policy: unknown = typeof FilterPolicy === 'string' ? JSON.parse(FilterPolicy) : FilterPolicy;
  const matches: Matches = eventPattern(policy);
  return ({ body, attributes }: Notification) =>
    FilterPolicyScope === 'MessageAttributes' ? matches(attributes) : matches(parsed(body));
}

function printMail(to: string, { topic, subject, body }: Notification, print: (line: string) => void): void {
  print(`Mail to ${to}: ${subject ?? `AWS Notification Message (${topic.name})`}`);
  for (const line of body.trimEnd().split('\n')) print(`  | ${line}`);
}

const forms: Record<string, (notification: Notification) => unknown> = {
  sqs: ({ id, topic, subject, body, attributes, at }) => ({
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic.arn,
    Subject: subject,
    Message: body,
    Timestamp: at.toISOString(),
    MessageAttributes: typed(attributes),
  }),
  lambda: (notification) => ({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: `${notification.topic.arn}:local`,
        Sns: { ...(forms.sqs?.(notification) as object), Subject: notification.subject ?? null },
      },
    ],
  }),
};

function typed(attributes: Record<string, string>) {
  const entries = Object.entries(attributes).map(
    ([name, Value]) => [name, { Type: 'String', Value }] as const,
  );
  return Object.fromEntries(entries);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws Refused where there is no such topic. */
export function topicNamed(topics: readonly Topic[], arn: string): Topic {
  const found = topics.find((topic) => topic.arn === arn);
  if (found) return found;
  throw new Refused('NotFound', 'Topic does not exist');
}
