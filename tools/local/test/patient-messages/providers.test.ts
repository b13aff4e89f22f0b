import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localClientSettings } from '../../database/client-settings.ts';
import { type DataDirectory, openDataDirectory } from '../../files/data-directory.ts';
import type { HttpRequest } from '../../http/http-event.ts';
import { openMessaging } from '../../messaging.ts';
import { inboxResponse } from '../../patient-messages/inbox-page.ts';
import { openProviders, type Providers } from '../../patient-messages/providers.ts';
import { serviceRequests } from '../../permissions/service-requests.ts';
import type { FunctionDefinition } from '../../runtime/function-definition.ts';
import type { LocalFunction } from '../../runtime/functions.ts';
import { ServiceFault } from '../../services/service-operation.ts';
import { openTemplate } from '../../template/template.ts';

const definition = {
  name: 'outcomes',
  physicalName: 'Outcomes',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:Outcomes',
} as FunctionDefinition;

const functionArn = { 'Fn::GetAtt': ['Outcomes', 'Arn'] };

/** Two configuration sets whose events end in one function: of mails by a rule, of texts by a topic. */
const template = openTemplate({
  assets: new Map(),
  template: {
    Outputs: { SmsRepliesTopicArn: { Value: { Ref: 'Replies' } } },
    Resources: {
      Outcomes: { Type: 'AWS::Lambda::Function', Properties: {} },
      Mails: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'mails' } },
      MailEvents: {
        Type: 'AWS::SES::ConfigurationSetEventDestination',
        Properties: {
          ConfigurationSetName: { Ref: 'Mails' },
          EventDestination: {
            Enabled: true,
            EventBridgeDestination: {
              EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
            },
            MatchingEventTypes: ['delivery', 'bounce'],
          },
        },
      },
      Bounces: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['aws.ses'], 'detail-type': ['Email Bounced'] },
          State: 'ENABLED',
          Targets: [
            {
              Id: 'Target0',
              Arn: functionArn,
              InputTransformer: {
                InputPathsMap: { ref: '$.detail.mail.tags.ref', kind: '$.detail.bounce.bounceType' },
                InputTemplate: '{"ref":<ref>,"kind":<kind>}',
              },
            },
          ],
        },
      },
      Texts: {
        Type: 'AWS::SMSVOICE::ConfigurationSet',
        Properties: {
          ConfigurationSetName: 'texts',
          EventDestinations: [
            {
              EventDestinationName: 'all',
              Enabled: true,
              MatchingEventTypes: ['TEXT_ALL'],
              SnsDestination: { TopicArn: { Ref: 'TextEvents' } },
            },
          ],
        },
      },
      TextEvents: { Type: 'AWS::SNS::Topic', Properties: {} },
      Replies: { Type: 'AWS::SNS::Topic', Properties: {} },
      RepliesSubscribed: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Replies' }, Protocol: 'lambda', Endpoint: functionArn },
      },
      Subscribed: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'TextEvents' }, Protocol: 'lambda', Endpoint: functionArn },
      },
    },
  },
});

let data: DataDirectory;
let providers: Providers;
let denied: string | undefined;
const invoked: unknown[] = [];
const asked: object[] = [];
const worker: LocalFunction = {
  definition,
  invoke: async (payload) => {
    invoked.push(JSON.parse(payload));
    return { ok: true, requestId: 'r', payload: 'null' };
  },
  warmUp: async () => {},
  stop: async () => {},
};

beforeAll(async () => {
  data = openDataDirectory(':memory:');
  const { emit, publish } = openMessaging(template, {
    data,
    definitions: [definition],
    functions: new Map([['outcomes', worker]]),
    print: () => {},
    report: () => {},
    onEvent: () => {},
  });
  const authorize = (_: unknown, operation: string, input: Record<string, unknown>) => {
    if (denied !== undefined) throw new ServiceFault('AccessDeniedException', denied);
    asked.push(...serviceRequests(operation, input));
  };
  providers = await openProviders(template, {
    data,
    authorize,
    emit,
    publish,
    now: () => NOW,
    report: () => {},
  });
});

afterAll(async () => {
  await providers.stop();
  data.close();
});

beforeEach(() => {
  denied = undefined;
  invoked.length = 0;
  asked.length = 0;
});

/** The time of the functions, which a demo moves. */
const NOW = new Date('2026-05-01T12:34:56.789Z');

const optionsFor = (service: string) => ({
  ...localClientSettings(providers.endpoints?.[service] ?? ''),
  maxAttempts: 1,
});

function sendEmail(to: string, ConfigurationSetName = 'mails') {
  return new SESv2Client(optionsFor('SESV2')).send(
    new SendEmailCommand({
      FromEmailAddress: '"Example" <results@mail.example.com>',
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: { Data: 'Hello' },
          Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
        },
      },
      ConfigurationSetName,
      EmailTags: [{ Name: 'ref', Value: 'tx-1-redraw_available-email' }],
    }),
  );
}

function sendText(to: string) {
  return new PinpointSMSVoiceV2Client(optionsFor('PINPOINT_SMS_VOICE_V2')).send(
    new SendTextMessageCommand({
      DestinationPhoneNumber: to,
      OriginationIdentity: 'pool-1',
      MessageBody: 'Hi <there>',
      MessageType: 'TRANSACTIONAL',
      ConfigurationSetName: 'texts',
      TimeToLive: 3600,
      Context: { ref: 'tx-1-redraw_available-sms' },
    }),
  );
}

const newest = () => providers.inbox.all().at(-1);
// biome-ignore lint/suspicious/noExplicitAny: an event is JSON of any form; the assertions check it
const textEvents = () => invoked.map((event: any) => JSON.parse(event.Records[0].Sns.Message));

describe('a mail', () => {
  it('reaches the inbox, and needs a permission on the sender and the configuration set', async () => {
    const { MessageId } = await sendEmail('ada@example.com');
    expect(MessageId).toEqual(expect.any(String));
    expect(newest()).toEqual({
      channel: 'email',
      to: 'ada@example.com',
      subject: 'Hello',
      text: 'text',
      html: '<p>html</p>',
      at: NOW.toISOString(),
    });
    const context = { 'ses:FromAddress': ['results@mail.example.com'] };
    const own = 'arn:aws:ses:us-east-1:000000000000:';
    expect(asked).toEqual([
      { action: 'ses:SendEmail', resource: `${own}identity/results@mail.example.com`, context },
      { action: 'ses:SendEmail', resource: `${own}configuration-set/mails`, context },
    ]);
  });

  it('that bounces is reported by the rule without its address, and not shown', async () => {
    const before = providers.inbox.all().length;
    await sendEmail('bounce+ada@simulator.amazonses.com');
    await expect.poll(() => invoked).toEqual([{ ref: ['tx-1-redraw_available-email'], kind: 'Permanent' }]);
    expect(providers.inbox.all()).toHaveLength(before);
  });

  it.each([
    ['refused@simulator.amazonses.com', 'MessageRejected'],
    ['throttled@simulator.amazonses.com', 'TooManyRequestsException'],
    ['error@simulator.amazonses.com', 'InternalServiceException'],
    ['lost@simulator.amazonses.com', 'TimeoutError'],
  ])('to %s fails with %s', async (address, name) => {
    await expect(sendEmail(address)).rejects.toMatchObject({ name });
  });

  it('is refused with an unknown configuration set or without permission', async () => {
    await expect(sendEmail('ada@example.com', 'other')).rejects.toMatchObject({ name: 'NotFoundException' });
    denied = 'not authorized';
    await expect(sendEmail('ada@example.com')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a text', () => {
  it('reaches the inbox, and the topic reports its delivery with the context', async () => {
    await sendText('+14155550123');
    expect(newest()).toMatchObject({ channel: 'sms', to: '+14155550123', subject: null, html: null });
    expect(asked).toEqual([
      {
        action: 'sms-voice:SendTextMessage',
        resource: 'arn:aws:sms-voice:us-east-1:000000000000:pool/pool-1',
      },
    ]);
    await expect.poll(() => invoked).toHaveLength(2);
    expect(textEvents()).toMatchObject([
      { eventType: 'TEXT_QUEUED', isFinal: false },
      { eventType: 'TEXT_DELIVERED', isFinal: true, context: { ref: 'tx-1-redraw_available-sms' } },
    ]);
  });

  it.each([
    ['+14155550192', { name: 'ConflictException', Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }],
    ['+14155550193', { name: 'ValidationException' }],
    ['+14155550194', { name: 'ThrottlingException' }],
    ['+14155550195', { name: 'InternalServerException' }],
    ['+14155550196', { name: 'TimeoutError' }],
  ])('to %s fails as %j', async (number, error) => {
    await expect(sendText(number)).rejects.toMatchObject(error);
  });

  it('that cannot be delivered is reported, and not shown', async () => {
    const before = providers.inbox.all().length;
    await sendText('+14155550191');
    await expect
      .poll(() => textEvents().at(-1))
      .toMatchObject({ messageStatus: 'UNREACHABLE', isFinal: true });
    expect(providers.inbox.all()).toHaveLength(before);
  });
});

describe('a reply', () => {
  const post = (fields: Record<string, string>) =>
    inboxResponse(providers, {
      method: 'POST',
      url: '/inbox/replies',
      headers: {},
      body: Buffer.from(new URLSearchParams(fields).toString()),
    } as HttpRequest);

  it('to a text comes to the topic of replies with the id of the text', async () => {
    const { MessageId } = await sendText('+14155550124');
    expect(post({ to: '+14155550124', text: 'Stop it' })?.status).toBe(303);
    const reply = { originationNumber: '+14155550124', messageBody: 'Stop it' };
    await expect
      .poll(() => textEvents().at(-1))
      .toMatchObject({ ...reply, previousPublishedMessageId: MessageId });
    expect(post({ to: '+14155550199', text: 'STOP' })?.status).toBe(404);
  });
});

describe('the inbox', () => {
  const get = (url: string) => inboxResponse(providers, { method: 'GET', url } as HttpRequest);

  it('is served as JSON and as a page, which shows a mail as a document without scripts', () => {
    const all = providers.inbox.all();
    const mail = all.findIndex(({ channel }) => channel === 'email');
    expect(JSON.parse(String(get('/inbox.json')?.body))).toEqual(all);
    const page = String(get('/inbox')?.body);
    expect(page).toContain('Hi &lt;there&gt;');
    expect(page).toContain(`<iframe title="Hello" src="/inbox/mail/${mail}"`);
    const shown = get(`/inbox/mail/${mail}`);
    expect(String(shown?.body)).toBe('<p>html</p>');
    expect(shown?.headers['content-security-policy']).toContain('sandbox');
    expect(get('/inbox/mail/999')).toBeUndefined();
  });
});
