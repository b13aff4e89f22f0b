import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localClientSettings } from '../../database/client-settings.ts';
import type { BusEvent } from '../../events/event-rules.ts';
import { type DataDirectory, openDataDirectory } from '../../files/data-directory.ts';
import { type Messaging, openMessaging } from '../../messaging.ts';
import type { FunctionDefinition } from '../../runtime/function-definition.ts';
import type { LocalFunction } from '../../runtime/functions.ts';
import { type ServiceEndpoint, startServiceEndpoint } from '../../services/service-endpoint.ts';
import { openTemplate } from '../../template/template.ts';
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

/** The messages in a folder of the data directory, oldest first. */
function kept(...path: string[]) {
  const folder = join(data.path, ...path);
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

describe('PutEvents', () => {
  it('delivers an event to the targets of the matching rules only', async () => {
    const { failed, results } = await put(
      entry({ price: 5 }, { DetailType: 'Item Returned' }),
      entry({ price: 50, name: 'lamp' }),
    );
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
    expect(invoked).toEqual([events[1]]);
  });

  it('rejects invalid entries and accepts the rest', async () => {
    const bad = [
      entry({}, { EventBusName: 'default' }),
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

  it('rejects more than ten entries, no entry, and more than 256 KB', async () => {
    await expect(put(...Array(11).fill(entry({})))).rejects.toThrow(/between 1 and 10/);
    await expect(put()).rejects.toThrow(/between 1 and 10/);
    const half = entry({ filling: 'x'.repeat(128 * 1024) });
    await expect(put(half, half)).rejects.toThrow(/over the limit/);
    await expect(put(entry({}, { Resources: ['x'] }))).rejects.toThrow(/"Resources"/);
    expect((await put(half)).failed).toBe(0);
    expect(events).toHaveLength(1);
  });

  it('sends an event that a target rejects to the dead-letter queue, with the reason', async () => {
    await put(entry({ price: 7 }, { DetailType: 'Not For Functions' }));
    await expect.poll(() => kept('queues', 'Letters')).toHaveLength(1);
    const [{ body, attributes }] = kept('queues', 'Letters');
    expect(JSON.parse(body)).toEqual(events[0]);
    expect(attributes).toMatchObject({
      RULE_ARN: `arn:aws:events:us-east-1:${ACCOUNT}:rule/shop/ToFunctionBadly`,
      TARGET_ARN: definition.arn,
      ERROR_CODE: 'InvalidRequestContentException',
      RETRY_ATTEMPTS: '0',
    });
    expect(printed.join()).toMatch(
      /ToFunctionBadly could not deliver the event \S+ to .*Worker.*queues\/Letters/,
    );
  });
});

describe('a topic', () => {
  const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:News`;
  const client = () => new SNSClient({ ...localClientSettings(services.url), maxAttempts: 1 });
  const publish = (input: object) => client().send(new PublishCommand({ TopicArn, Message: '', ...input }));

  it('prints what a rule sends as mail', async () => {
    await put(entry({ price: 90, name: 'lamp' }, { DetailType: 'News' }));
    expect(printed).toEqual([
      'Mail to ops@example.com: AWS Notification Message (News)',
      '  | "Sold: lamp"',
      '  | "for 90"',
    ]);
    expect(kept('sns', 'News')).toMatchObject([{ message: '"Sold: lamp"\n"for 90"' }]);
  });

  it('prints and keeps what a function publishes', async () => {
    const { MessageId } = await publish({ Subject: 'Hi & <bye>', Message: 'one\ntwo' });
    expect(MessageId).toMatch(/^[\w-]{36}$/);
    expect(printed).toEqual(['Mail to ops@example.com: Hi & <bye>', '  | one', '  | two']);
    expect(kept('sns', 'News')).toMatchObject([
      { id: MessageId, subject: 'Hi & <bye>', message: 'one\ntwo' },
    ]);
  });

  it('keeps what a subscription leaves out, and mails it to nobody', async () => {
    const test = { DataType: 'String', StringValue: 'true' };
    await publish({ Message: 'a test', MessageAttributes: { test } });
    expect(printed).toEqual([]);
    expect(kept('sns', 'News')).toMatchObject([{ message: 'a test' }]);
    await publish({ Message: 'an alarm', MessageAttributes: { other: test } });
    expect(printed).toEqual(['Mail to ops@example.com: AWS Notification Message (News)', '  | an alarm']);
  });

  it('without a mail subscription prints where the message is kept', async () => {
    await publish({ TopicArn: TopicArn.replace('News', 'Quiet'), Message: 'one\ntwo' });
    expect(printed).toEqual([
      expect.stringMatching(/^Message to Quiet: one \(kept in .*\/sns\/Quiet\/.*\.json\)$/),
    ]);
  });

  it('has the email subscriptions of the template, and rejects new ones', async () => {
    const pager = { TopicArn, Protocol: 'https', Endpoint: 'https://pager.example.com' };
    await expect(client().send(new SubscribeCommand(pager))).rejects.toThrow(/does not support.*Subscribe/);
    const { Subscriptions } = await client().send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([{ Protocol: 'email', Endpoint: 'ops@example.com' }]);
    const { Attributes } = await client().send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toEqual({ TopicArn, SubscriptionsConfirmed: '1' });
  });

  it('rejects a message that is too long, an unknown topic and two attributes', async () => {
    await expect(publish({ Message: 'x'.repeat(256 * 1024 + 1) })).rejects.toThrow(/too long/);
    await expect(publish({ Message: 'x', Subject: 'x'.repeat(101) })).rejects.toThrow(/Invalid parameter/);
    await expect(publish({ TopicArn: `${TopicArn}s`, Message: 'x' })).rejects.toThrow(/does not exist/);
    const urgent = { DataType: 'String', StringValue: 'high' };
    const two = { Message: 'x', MessageAttributes: { urgency: urgent, priority: urgent } };
    await expect(publish(two)).rejects.toThrow(/MessageAttributes/);
  });
});

describe('asynchronous invocations', () => {
  it('stay on disk until they are handled, by the next run if necessary', async () => {
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

  it('that fail go to the on-failure destination', async () => {
    fails = true;
    messaging.invocations.accept('worker', '{"n":2}');
    await expect.poll(() => kept('queues', 'Letters')).toHaveLength(1);
    const [{ body }] = kept('queues', 'Letters');
    expect(JSON.parse(body)).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', functionArn: `${definition.arn}:$LATEST` },
      requestPayload: { n: 2 },
      responsePayload: { errorMessage: 'as told' },
    });
    expect(printed).toEqual([expect.stringContaining('worker discarded an event (RetriesExhausted')]);
  });
});
