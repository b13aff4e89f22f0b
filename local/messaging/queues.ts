import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';
import { openSpool, type Spool, spoolId } from '../files/spool.ts';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import { attributeOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { type Destination, Refused } from './destinations.ts';

const attributeSchema = z.object({ DataType: z.string(), StringValue: z.string().optional() });

const messageSchema = z.object({
  id: z.string(),
  messageId: z.string(),
  sentAt: z.number(),
  body: z.string(),
  attributes: z.record(z.string(), attributeSchema),
});

type StoredMessage = z.output<typeof messageSchema>;

interface Queue extends Destination {
  name: string;
  send(body: string, attributes: StoredMessage['attributes'], delayMs?: number): StoredMessage;
  receive(most: number, visibilityMs: number | undefined): Received[];
  /** @returns false for a receipt that is not the message's newest. */
  remove(receipt: string): boolean;
  count(): number;
}

interface Received {
  message: StoredMessage;
  receipt: string;
  times: number;
}

const queueSchema = z.object({ VisibilityTimeout: z.coerce.number().default(30) });

const MOST_BYTES = 1024 * 1024;

/**
 * The template's queues. Messages are kept under `queues/<queue>/`, in the order they came, until they are deleted:
 * retention is the cloud's. Who has received a message, and when it may be received again, is known to this process only.
 */
export function readQueues(template: Template, data: DataDirectory, now: () => Date): Queue[] {
  return template.resources('AWS::SQS::Queue').map((id) => {
    const name = template.nameOf(id);
    const { VisibilityTimeout } = template.read(id, queueSchema);
    const place = data.file('queues', name);
    const spool = openSpool(place, messageSchema);
    return { ...openQueue(name, spool, VisibilityTimeout * 1000, now), place };
  });
}

function openQueue(name: string, spool: Spool<StoredMessage>, visibilityMs: number, now: () => Date): Queue {
  const handed = new Map<string, { receipt: string; times: number; hiddenUntil: number }>();

  function send(body: string, attributes: StoredMessage['attributes'], delayMs = 0): StoredMessage {
    if (Buffer.byteLength(body) > MOST_BYTES) {
      throw new Refused(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: over ${MOST_BYTES} bytes.`,
      );
    }
    const sentAt = now();
    const message = {
      id: spoolId(sentAt),
      messageId: randomUUID(),
      sentAt: sentAt.getTime(),
      body,
      attributes,
    };
    spool.put(message.id, message);
    if (delayMs > 0)
      handed.set(message.id, { receipt: '', times: 0, hiddenUntil: sentAt.getTime() + delayMs });
    return message;
  }

  return {
    name,
    arn: attributeOf('AWS::SQS::Queue', name, 'Arn') ?? name,
    send,
    accept: ({ body, attributes = {} }) => {
      send(body, asText(attributes));
    },
    receive(most, visibility = visibilityMs) {
      const time = now().getTime();
      const visible = spool.all().filter(({ id }) => (handed.get(id)?.hiddenUntil ?? 0) <= time);
      return visible.slice(0, most).map((message) => {
        const receipt = `${message.id}/${randomUUID()}`;
        const times = (handed.get(message.id)?.times ?? 0) + 1;
        handed.set(message.id, { receipt, times, hiddenUntil: time + visibility });
        return { message, receipt, times };
      });
    },
    remove(receipt) {
      const [id = ''] = receipt.split('/');
      if (handed.get(id)?.receipt !== receipt) return false;
      handed.delete(id);
      spool.remove(id);
      return true;
    },
    count: () => spool.all().length,
  };
}

function asText(attributes: Record<string, string>): StoredMessage['attributes'] {
  const entries = Object.entries(attributes).map(
    ([name, StringValue]) => [name, { DataType: 'String', StringValue }] as const,
  );
  return Object.fromEntries(entries);
}

const queueUrl = z.object({ QueueUrl: z.string() });
const sendInput = queueUrl.extend({
  MessageBody: z.string(),
  DelaySeconds: z.number().default(0),
  MessageAttributes: z.record(z.string(), attributeSchema).default({}),
});
const receiveInput = queueUrl.extend({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().optional(),
});
const deleteInput = queueUrl.extend({ ReceiptHandle: z.string() });

/** SQS, as far as a queue of dead letters needs it. Receiving never waits. */
export function sqs(queues: readonly Queue[]): Record<string, Operation> {
  const queueAt = (url: string): Queue => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    const queue = queues.find((each) => each.name === name);
    if (queue) return queue;
    throw new ServiceFault('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
  };
  return {
    'AmazonSQS.SendMessage': (input) => {
      const { QueueUrl, MessageBody, DelaySeconds, MessageAttributes } = parsed(sendInput, input);
      const message = queueAt(QueueUrl).send(MessageBody, MessageAttributes, DelaySeconds * 1000);
      return { MessageId: message.messageId, MD5OfMessageBody: md5(MessageBody) };
    },
    'AmazonSQS.ReceiveMessage': (input) => {
      const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = parsed(receiveInput, input);
      const hidden = VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000;
      return { Messages: queueAt(QueueUrl).receive(MaxNumberOfMessages, hidden).map(shown) };
    },
    'AmazonSQS.DeleteMessage': (input) => {
      const { QueueUrl, ReceiptHandle } = parsed(deleteInput, input);
      queueAt(QueueUrl).remove(ReceiptHandle);
      return {};
    },
    'AmazonSQS.GetQueueAttributes': (input) => {
      const queue = queueAt(parsed(queueUrl, input).QueueUrl);
      return { Attributes: { QueueArn: queue.arn, ApproximateNumberOfMessages: String(queue.count()) } };
    },
  };
}

function shown({ message, receipt, times }: Received) {
  return {
    MessageId: message.messageId,
    ReceiptHandle: receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: { SentTimestamp: String(message.sentAt), ApproximateReceiveCount: String(times) },
    MessageAttributes: message.attributes,
  };
}

function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const { data, error, success } = schema.safeParse(input);
  if (success) return data;
  throw new ServiceFault('com.amazonaws.sqs#InvalidParameterValue', z.prettifyError(error));
}

/** SQS says so of every body, and its clients check it. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
