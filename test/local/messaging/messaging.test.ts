import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import type { BusEvent } from '../../../local/events/event-rules.ts';
import { type DataDirectory, openDataDirectory } from '../../../local/files/data-directory.ts';
import { type Messaging, openMessaging } from '../../../local/messaging/messaging.ts';
import type { FunctionDefinition } from '../../../local/runtime/function-definition.ts';
import type { LocalFunction } from '../../../local/runtime/functions.ts';
import { type ServiceEndpoint, startServiceEndpoint } from '../../../local/services/service-endpoint.ts';
import { openTemplate } from '../../../local/template/template.ts';
import { messagingTemplate } from '../fixtures/messaging-template.ts';

const ACCOUNT = '000000000000';
const definition = {
  logicalId: 'Worker',
  name: 'worker',
  physicalName: 'Worker',
  arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:Worker`,
} as FunctionDefinition;

let data: DataDirectory;
let messaging: Messaging;
let services: ServiceEndpoint;
let events: BusEvent[];
let printed: string[];
let invoked: unknown[];
let fails: boolean;

beforeEach(async () => {
  data = openDataDirectory(':memory:');
  [events, printed, invoked, fails] = [[], [], [], false];
  const print = (line: string) => void printed.push(line);
  messaging = openMessaging(openTemplate({ template: messagingTemplate(), assets: new Map() }), {
    data,
    definitions: [definition],
    functions: new Map([['worker', worker()]]),
    print,
    report: print,
    onEvent: (event) => events.push(event),
  });
  services = await startServiceEndpoint(messaging.json, messaging.query);
});

afterEach(async () => {
  messaging.stopRetrying();
  await messaging.finished();
  await services.stop();
  data.close();
});

function worker(): LocalFunction {
  return {
    definition,
    async invoke(payload) {
      invoked.push(JSON.parse(payload));
      const failure = { errorType: 'Error', errorMessage: 'as told', trace: [] };
      return fails ? { ok: false, requestId: 'r', failure } : { ok: true, requestId: 'r', payload: 'null' };
    },
    warmUp: async () => {},
    stop: async () => {},
  };
}

function entry(detail: unknown, further: Partial<PutEventsRequestEntry> = {}): PutEventsRequestEntry {
  return {
    EventBusName: 'shop',
    Source: 'till',
    DetailType: 'Item Sold',
    Detail: JSON.stringify(detail),
    ...further,
  };
}

async function put(...Entries: PutEventsRequestEntry[]) {
  const client = new EventBridgeClient({ ...localClientSettings(services.url), maxAttempts: 1 });
  const { FailedEntryCount, Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
  return { failed: FailedEntryCount, errors: results.map(({ ErrorCode }) => ErrorCode), results };
}

async function sqs(operation: string, input: object) {
  const response = await fetch(services.url, {
    method: 'POST',
    headers: { 'x-amz-target': `AmazonSQS.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify({ QueueUrl: `${services.url}/${ACCOUNT}/Letters`, ...input }),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

interface Received {
  Body: string;
  ReceiptHandle: string;
  MessageAttributes: Record<string, { StringValue: string }>;
}

async function received(queue: string): Promise<Received[]> {
  const { answer } = await sqs('ReceiveMessage', {
    QueueUrl: `https://sqs/${queue}`,
    MaxNumberOfMessages: 10,
  });
  return answer.Messages as Received[];
}

function kept(...path: string[]): string[] {
  const folder = join(data.path, ...path);
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

describe('PutEvents', () => {
  it('brings an event to the targets of the rules that match, and to no other', async () => {
    const { failed, results } = await put(entry({ price: 5 }), entry({ price: 50, name: 'lamp' }));
    expect(failed).toBe(0);
    expect(events.map(({ id }) => id)).toEqual(results.map(({ EventId }) => EventId));
    expect(events[1]).toMatchObject({
      version: '0',
      'detail-type': 'Item Sold',
      source: 'till',
      account: ACCOUNT,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'us-east-1',
      resources: [],
      detail: { price: 50, name: 'lamp' },
    });
    const log = readFileSync(join(data.path, 'logs', 'shop_events.log'), 'utf8')
      .trim()
      .split('\n');
    expect(log.map((line) => JSON.parse(line))).toEqual(events);
    expect(invoked).toEqual([{ name: 'lamp', price: 50 }]);
    expect((await received('Plain')).map(({ Body }) => JSON.parse(Body))).toEqual([
      { price: 50, name: 'lamp' },
    ]);
  });

  it('keeps buses apart, and takes their names and ARNs', async () => {
    await put(
      entry({ price: 50 }, { EventBusName: 'default' }),
      entry({ price: 60 }, { EventBusName: `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/shop` }),
    );
    expect(invoked).toEqual([{ price: 60 }]);
    expect(events).toHaveLength(2);
  });

  it('refuses single entries, and takes the rest', async () => {
    const bad = [
      entry({}, { EventBusName: 'nowhere' }),
      entry({}, { Source: '' }),
      entry({}, { DetailType: '' }),
      entry({}, { Detail: '{"half":' }),
      entry([1]),
      entry({}, { Source: 'aws.s3' }),
    ];
    expect(await put(...bad, entry({ price: 1 }))).toMatchObject({
      failed: 6,
      errors: [
        'InvalidArgument',
        'InvalidArgument',
        'InvalidArgument',
        'MalformedDetail',
        'MalformedDetail',
        'NotAuthorizedForSourceException',
        undefined,
      ],
    });
    expect(events).toHaveLength(1);
  });

  it('refuses more than ten entries, none, and more than 256 KB together', async () => {
    await expect(put(...Array(11).fill(entry({})))).rejects.toThrow(/between 1 and 10/);
    await expect(put()).rejects.toThrow(/between 1 and 10/);
    const half = entry({ filling: 'x'.repeat(128 * 1024) });
    await expect(put(half, half)).rejects.toThrow(/over the limit/);
    expect((await put(half)).failed).toBe(0);
    expect(events).toHaveLength(1);
  });

  it('keeps what a target does not take in its dead letters, with the reason', async () => {
    await put(entry({ price: 7 }, { DetailType: 'Not For Functions' }));
    await expect.poll(() => kept('queues', 'Letters')).toHaveLength(1);
    const [letter] = await received('Letters');
    expect(JSON.parse(letter?.Body ?? '')).toEqual(events[0]);
    const reasons = Object.entries(letter?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);
    expect(Object.fromEntries(reasons)).toMatchObject({
      RULE_ARN: `arn:aws:events:us-east-1:${ACCOUNT}:rule/shop/ToFunctionBadly`,
      TARGET_ARN: definition.arn,
      ERROR_CODE: 'InvalidRequestContentException',
      RETRY_ATTEMPTS: '0',
    });
    expect(printed.join()).toMatch(/ToFunctionBadly could not deliver to .*Worker/);
  });
});

describe('a topic', () => {
  const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:News`;
  const publish = (input: object) =>
    new SNSClient({ ...localClientSettings(services.url), maxAttempts: 1 }).send(
      new PublishCommand({ TopicArn, Message: '', ...input }),
    );

  it('brings what a rule sends to everybody who subscribed', async () => {
    await put(entry({ price: 90, name: 'lamp' }, { DetailType: 'News' }));
    const text = '"Sold: lamp"\n"for 90"';
    expect(printed).toEqual([
      'Mail to ops@example.com: AWS Notification Message (News)',
      '  | "Sold: lamp"',
      '  | "for 90"',
    ]);
    expect(kept('sns', 'News').map((file) => JSON.parse(file).message)).toEqual([text]);
    expect((await received('Raw')).map(({ Body }) => Body)).toEqual([text]);
    const [wrapped] = await received('Plain');
    expect(JSON.parse(wrapped?.Body ?? '')).toMatchObject({ Type: 'Notification', TopicArn, Message: text });
    expect(invoked).toMatchObject([
      { Records: [{ EventSource: 'aws:sns', Sns: { Message: text, Subject: null } }] },
    ]);
  });

  it('takes what a function publishes, and filters by attributes', async () => {
    const urgent = { urgency: { DataType: 'String', StringValue: 'high' } };
    const { MessageId } = await publish({
      Subject: 'Hi & <bye>',
      Message: 'one\ntwo',
      MessageAttributes: urgent,
    });
    expect(MessageId).toMatch(/^[\w-]{36}$/);
    await publish({ Message: 'three' });
    expect(printed.slice(0, 3)).toEqual(['Mail to ops@example.com: Hi & <bye>', '  | one', '  | two']);
    expect((await received('Urgent')).map(({ Body }) => JSON.parse(Body).Message)).toEqual(['one\ntwo']);
    expect(kept('sns', 'News').map((file) => JSON.parse(file))).toMatchObject([
      { id: MessageId, subject: 'Hi & <bye>', attributes: { urgency: 'high' }, message: 'one\ntwo' },
      { message: 'three' },
    ]);
  });

  it('without a mail subscription says in one line where its message is', async () => {
    await publish({ TopicArn: TopicArn.replace('News', 'Quiet'), Message: 'one\ntwo' });
    expect(printed).toEqual([
      expect.stringMatching(/^Message to Quiet: one \(kept in .*\/sns\/Quiet\/.*\.json\)$/),
    ]);
  });

  it('refuses what is too long, and what is for nobody', async () => {
    await expect(publish({ Message: 'x'.repeat(256 * 1024 + 1) })).rejects.toThrow(/too long/);
    await expect(publish({ Message: 'x', Subject: 'x'.repeat(101) })).rejects.toThrow(/Invalid parameter/);
    await expect(publish({ TopicArn: `${TopicArn}s`, Message: 'x' })).rejects.toThrow(/does not exist/);
  });
});

describe('a queue', () => {
  it('hands out in order, hides what it handed out, and forgets what is deleted', async () => {
    for (const MessageBody of ['a', 'b', 'c']) await sqs('SendMessage', { MessageBody });
    const { answer } = await sqs('ReceiveMessage', { MaxNumberOfMessages: 2 });
    const [first, second] = answer.Messages as Received[];
    expect([first?.Body, second?.Body]).toEqual(['a', 'b']);
    await sqs('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    expect(
      (await sqs('ReceiveMessage', { MaxNumberOfMessages: 10, VisibilityTimeout: 0 })).answer,
    ).toMatchObject({
      Messages: [{ Body: 'c', MD5OfBody: '4a8a08f09d37b73795649038408b5f33' }],
    });
    expect((await sqs('GetQueueAttributes', {})).answer).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: '2' },
    });
  });

  it('is refused if it is not there', async () => {
    expect(await sqs('SendMessage', { QueueUrl: 'http://x/None', MessageBody: 'a' })).toMatchObject({
      status: 400,
      answer: { __type: 'com.amazonaws.sqs#QueueDoesNotExist' },
    });
  });
});

describe('asynchronous invocations', () => {
  it('are kept until they are done with, and done by the next run if need be', async () => {
    fails = true;
    messaging.invocations.accept('worker', '{"n":1}');
    expect(kept('invocations')).toHaveLength(1);
    messaging.stopRetrying();
    await messaging.finished();
    expect(kept('invocations')).toHaveLength(1);

    fails = false;
    const next = openMessaging(openTemplate({ template: messagingTemplate(), assets: new Map() }), {
      data,
      definitions: [definition],
      functions: new Map([['worker', worker()]]),
      print: () => {},
      report: () => {},
      onEvent: () => {},
    });
    next.invocations.resume();
    await next.finished();
    expect([invoked, kept('invocations')]).toEqual([[{ n: 1 }, { n: 1 }], []]);
  });

  it('that are given up go to the on-failure destination', async () => {
    fails = true;
    messaging.invocations.accept('worker', '{"n":2}');
    await expect.poll(() => kept('queues', 'Letters')).toHaveLength(1);
    const [letter] = await received('Letters');
    expect(JSON.parse(letter?.Body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', functionArn: `${definition.arn}:$LATEST` },
      requestPayload: { n: 2 },
      responsePayload: { errorMessage: 'as told' },
    });
    expect(printed).toEqual([expect.stringContaining('worker gave up an event (RetriesExhausted')]);
  });
});

it.each([
  ['Rule', { Targets: [{ Id: 'x', Arn: 'arn:aws:firehose:x' }] }, /rule Rule sends to arn:aws:firehose:x/],
  ['Rule', { ScheduleExpression: 'rate(1 day)', EventPattern: undefined }, /schedule of the rule Rule/],
  ['Rule', { EventPattern: { a: [{ like: 'x' }] } }, /event pattern rule/],
  ['Sms', { TopicArn: 'News', Protocol: 'sms', Endpoint: '+1' }, /Sms uses the protocol sms/],
])('a template whose %s has %j is refused', (id, properties, message) => {
  const Type = id === 'Rule' ? 'AWS::Events::Rule' : 'AWS::SNS::Subscription';
  const Properties = { ...(id === 'Rule' && { EventPattern: { source: ['x'] } }), ...properties };
  const template = openTemplate({
    template: { Resources: { [id]: { Type, Properties } } },
    assets: new Map(),
  });
  const options = { data, definitions: [], functions: new Map(), print() {}, report() {}, onEvent() {} };
  expect(() => openMessaging(template, options)).toThrow(message);
});
