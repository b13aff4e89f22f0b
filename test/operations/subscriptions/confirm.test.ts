/** Confirms a subscription with the SDK, over HTTP, in AWS's query protocol. */
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmationIn, confirmSubscription } from '../../../operations/subscriptions/confirm.ts';
import { localClientSettings } from '../../../tools/local/database/client-settings.ts';
import {
  type ServiceEndpoint,
  startServiceEndpoint,
} from '../../../tools/local/services/service-endpoint.ts';

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:operators';
const SubscriptionArn = `${TopicArn}:one`;
const confirmation = { topicArn: TopicArn, token: '2336', region: 'eu-west-1' };

let services: ServiceEndpoint;
let client: SNSClient;
let asked: Record<string, unknown>[];
let authenticated: string;

beforeEach(async () => {
  asked = [];
  const ask = (answer: () => object) => (input: Record<string, unknown>) => {
    asked.push(input);
    return answer();
  };
  services = await startServiceEndpoint(
    {},
    {
      ConfirmSubscription: ask(() => ({ SubscriptionArn })),
      GetSubscriptionAttributes: ask(() => ({
        Attributes: new Map([['ConfirmationWasAuthenticated', authenticated]]),
      })),
    },
  );
  client = new SNSClient({ ...localClientSettings(services.url), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await services.stop();
});

test.each([
  `https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=${TopicArn}&Token=2336&Endpoint=ops@example.com`,
  `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=2336`,
])('reads the topic, its region and the token from %s', (link) => {
  expect(confirmationIn(link)).toEqual(confirmation);
});

test.each([
  'not a link',
  `https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=${TopicArn}`,
  'https://example.com/?TopicArn=arn:aws:sqs:eu-west-1:1:q&Token=2336',
])('refuses %s', (link) => {
  expect(() => confirmationIn(link)).toThrow(/--link must be/);
});

test('confirms so that ending the subscription needs credentials', async () => {
  authenticated = 'true';
  expect(await confirmSubscription(client, confirmation)).toBe(SubscriptionArn);
  expect(asked).toMatchObject([
    { TopicArn, Token: '2336', AuthenticateOnUnsubscribe: 'true' },
    { SubscriptionArn },
  ]);
});

test('says what to do if the link was opened before', async () => {
  authenticated = 'false';
  await expect(confirmSubscription(client, confirmation)).rejects.toThrow(
    /by its link before.*unsubscribe --subscription-arn arn/s,
  );
});
