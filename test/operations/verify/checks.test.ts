/** What the checks say of an account. Against a running stack: test/stack/webhook/verification.ts. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotFoundException } from '@aws-sdk/client-sesv2';
import { expect, test } from 'vitest';
import { readWebhook } from '../../../core/junction/webhook-message.ts';
import { alarmMailCheck } from '../../../operations/verify/alarm-mail.ts';
import { busCheck } from '../../../operations/verify/bus.ts';
import {
  type Check,
  type Finding,
  failed,
  notSetUp,
  passed,
  runCheck,
} from '../../../operations/verify/check.ts';
import { checks } from '../../../operations/verify/checks.ts';
import { concurrencyCheck } from '../../../operations/verify/concurrency.ts';
import type { Clients, Deployment } from '../../../operations/verify/deployment.ts';
import {
  emailSenderCheck,
  ownerMailSenderCheck,
  signInEmailSenderCheck,
} from '../../../operations/verify/email-sender.ts';
import { isLocalStack } from '../../../operations/verify/open-deployment.ts';
import { smsSenderCheck } from '../../../operations/verify/sms-sender.ts';
import { streamCheck } from '../../../operations/verify/stream.ts';
import { sweepCheck } from '../../../operations/verify/sweep.ts';
import { transactionsCheck } from '../../../operations/verify/transactions.ts';
import { findingLines, verify } from '../../../operations/verify/verify.ts';
import { VERIFICATION_EVENT, webhookCheck } from '../../../operations/verify/webhook.ts';

/** The answers of AWS by the name of the command; an error is thrown. */
type Answers = Record<string, object>;

function account(answers: Answers): Deployment {
  const send = async (command: object) => {
    const answer = answers[command.constructor.name.replace(/Command$/, '')];
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  };
  const clients = new Proxy({}, { get: () => ({ send }) }) as Clients;
  const outputs = {
    TableName: 'orders',
    EventBusName: 'bus',
    EventLogName: 'log',
    OperatorsTopicArn: 'arn:topic',
    TransactionFunctions: 'query=stack-Query-1,rebuild=stack-Rebuild-2',
    SmsRepliesTopicArn: 'arn:replies',
  };
  const senders = {
    email: 'results@mail.example.com',
    sms: 'phone-1',
    ownerMails: 'redraws@example.com',
    signIn: 'sign-in@example.com',
  };
  const where = { url: 'http://127.0.0.1:9', isLocal: false, metricsNamespace: 'RedrawTracker/test' };
  const stack = { stackNames: ['redraw-tracker-test'], hasEntrance: false };
  return { ...where, ...stack, outputs, senders, clients, sweepInterval: 900_000, patience: 0, given: {} };
}

const SECRET = 'whsec_dGVzdHRlc3R0ZXN0dGVzdA==';
const named = (name: string, message = name) => Object.assign(new Error(message), { name });
const streaming = { Table: { StreamSpecification: { StreamEnabled: true }, LatestStreamArn: 'arn:stream' } };
const readers = (...changes: object[]) => ({
  EventSourceMappings: changes.map((change) => ({ State: 'Enabled', LastProcessingResult: 'OK', ...change })),
});
const subscribed = (...arns: string[]) => ({
  Subscriptions: arns.map((SubscriptionArn) => ({ SubscriptionArn, Endpoint: 'ops@example.com' })),
});
const quota = (ConcurrentExecutions: number) => ({ AccountLimit: { ConcurrentExecutions } });

const mails = {
  GetEmailIdentity: { VerifiedForSendingStatus: true },
  GetAccount: { SendingEnabled: true, ProductionAccessEnabled: true },
};
const number = {
  Status: 'ACTIVE',
  TwoWayEnabled: true,
  TwoWayChannelArn: 'arn:replies',
  NumberType: 'TEN_DLC',
};
const optsOut = (...words: string[]) => ({
  Keywords: words.map((Keyword) => ({ Keyword, KeywordAction: 'OPT_OUT' })),
});
const probed = (allowed: boolean) => ({ Payload: Buffer.from(JSON.stringify({ allowed })) });
/** An account that sends SMS, with another number. */
const texts = (changes: object = {}, answers: Answers = {}): Answers => ({
  DescribePhoneNumbers: { PhoneNumbers: [{ ...number, ...changes }] },
  DescribeAccountAttributes: { AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'PRODUCTION' }] },
  DescribeSpendLimits: { SpendLimits: [{ Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 200 }] },
  DescribeKeywords: optsOut('STOP', 'REVOKE', 'OPT OUT'),
  ...answers,
});

test.each<[string, Check, Answers, Finding['state'], RegExp]>([
  [
    'IAM judges each item of a transaction alone',
    transactionsCheck,
    { Invoke: probed(true) },
    'passed',
    /transactions of 2 functions.*can be each/,
  ],
  [
    'IAM denies the transactions of the functions',
    transactionsCheck,
    { Invoke: probed(false) },
    'failed',
    /denies the transactions of query, rebuild.*Set transactionGrants to union/s,
  ],
  [
    'a function does not answer the probe',
    transactionsCheck,
    { Invoke: { ...probed(true), FunctionError: 'Unhandled' } },
    'failed',
    /stack-Query-1 failed/,
  ],
  ['SES sends mails', emailSenderCheck, mails, 'passed', /with the identity results@mail/],
  [
    'SES knows no identity',
    emailSenderCheck,
    { ...mails, GetEmailIdentity: new NotFoundException({ message: 'none', $metadata: {} }) },
    'not set up',
    /no verified identity.*deploy\.md/s,
  ],
  [
    'SES is in its sandbox',
    emailSenderCheck,
    { ...mails, GetAccount: { SendingEnabled: true } },
    'not set up',
    /sandbox.*production/s,
  ],
  ['SES is paused', emailSenderCheck, { ...mails, GetAccount: {} }, 'not set up', /paused/],
  ['SES sends mails to owners', ownerMailSenderCheck, mails, 'passed', /from redraws@example\.com/],
  [
    'SES knows no identity for mails to owners',
    ownerMailSenderCheck,
    { ...mails, GetEmailIdentity: new NotFoundException({ message: 'none', $metadata: {} }) },
    'not set up',
    /no verified identity for the address redraws@example\.com.*Emails to owners/s,
  ],
  [
    'SES sends the emails of the user pool',
    signInEmailSenderCheck,
    mails,
    'passed',
    /from sign-in@example\.com/,
  ],
  [
    'SES knows no identity for the emails of the user pool',
    signInEmailSenderCheck,
    { ...mails, GetEmailIdentity: new NotFoundException({ message: 'none', $metadata: {} }) },
    'not set up',
    /no verified identity for the address sign-in@example\.com.*Invitations/s,
  ],
  ['a number sends SMS', smsSenderCheck, texts(), 'passed', /AWS replies to STOP/],
  [
    'opt-outs are self-managed',
    smsSenderCheck,
    texts({ SelfManagedOptOutsEnabled: true }, { DescribeKeywords: {} }),
    'passed',
    /you must reply/,
  ],
  [
    'there is no number',
    smsSenderCheck,
    texts({}, { DescribePhoneNumbers: {} }),
    'not set up',
    /does not contain phone-1/,
  ],
  [
    'a number is pending',
    smsSenderCheck,
    texts({ Status: 'PENDING' }),
    'not set up',
    /status PENDING.*ACTIVE/s,
  ],
  [
    'SMS are in their sandbox',
    smsSenderCheck,
    texts(
      {},
      { DescribeAccountAttributes: { AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'SANDBOX' }] } },
    ),
    'not set up',
    /sandbox/,
  ],
  [
    'the spend limit is that of a new account',
    smsSenderCheck,
    texts(
      {},
      {
        DescribeSpendLimits: {
          SpendLimits: [{ Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 1 }],
        },
      },
    ),
    'not set up',
    /1 dollar/,
  ],
  [
    'replies are not passed on',
    smsSenderCheck,
    texts({ TwoWayEnabled: false }),
    'not set up',
    /SmsRepliesTopicArn/,
  ],
  [
    'replies go elsewhere',
    smsSenderCheck,
    texts({ TwoWayChannelArn: 'arn:other' }),
    'not set up',
    /go to arn:other/,
  ],
  [
    'a word does not opt out',
    smsSenderCheck,
    texts({}, { DescribeKeywords: optsOut('STOP', 'REVOKE') }),
    'not set up',
    /OPT OUT as an opt-out/,
  ],
  [
    'a toll-free number has no such words',
    smsSenderCheck,
    texts({ NumberType: 'TOLL_FREE' }, { DescribeKeywords: {} }),
    'passed',
    /./,
  ],
  [
    'both readers run',
    streamCheck,
    { DescribeTable: streaming, ListEventSourceMappings: readers({}, {}) },
    'passed',
    /succeeded/,
  ],
  [
    'a reader has seen nothing yet',
    streamCheck,
    {
      DescribeTable: streaming,
      ListEventSourceMappings: readers({}, { LastProcessingResult: 'No records processed' }),
    },
    'passed',
    /Verify again after the first webhook/,
  ],
  // As a table comes out of a restore.
  ['no stream', streamCheck, { DescribeTable: { Table: {} } }, 'failed', /has no stream.*restore\.md/s],
  [
    'a reader is missing',
    streamCheck,
    { DescribeTable: streaming, ListEventSourceMappings: readers({}) },
    'failed',
    /1 of 2.*restore\.md/s,
  ],
  [
    'a reader is disabled',
    streamCheck,
    { DescribeTable: streaming, ListEventSourceMappings: readers({}, { State: 'Disabled' }) },
    'failed',
    /Disabled.*--enabled/s,
  ],
  [
    'a reader fails',
    streamCheck,
    {
      DescribeTable: streaming,
      ListEventSourceMappings: readers({ LastProcessingResult: 'PROBLEM: Function call failed' }, {}),
    },
    'failed',
    /PROBLEM.*Projection errors/s,
  ],
  [
    'the bus refuses an event',
    busCheck,
    { PutEvents: { FailedEntryCount: 1, Entries: [{ ErrorMessage: 'no key' }] } },
    'failed',
    /no key/,
  ],
  [
    'an event does not reach the log',
    busCheck,
    { FilterLogEvents: { events: [] } },
    'failed',
    /did not reach.*Dead letters/s,
  ],
  [
    'somebody gets the alarms',
    alarmMailCheck,
    { ListSubscriptionsByTopic: subscribed('arn:one', 'PendingConfirmation') },
    'passed',
    /1 sub.* 1 are waiting/,
  ],
  [
    'nobody has confirmed',
    alarmMailCheck,
    { ListSubscriptionsByTopic: subscribed('PendingConfirmation') },
    'not set up',
    /ops@example.com has not confirmed.*link/s,
  ],
  [
    'nobody is subscribed',
    alarmMailCheck,
    { ListSubscriptionsByTopic: subscribed() },
    'not set up',
    /no subscription.*operatorEmail/s,
  ],
  ['the quota is enough', concurrencyCheck, { GetAccountSettings: quota(1_000) }, 'passed', /allows 1000/],
  [
    'the quota is that of a new account',
    concurrencyCheck,
    { GetAccountSettings: quota(10) },
    'not set up',
    /allows 10 .*service-quotas/s,
  ],
  [
    'the first sweep is not due yet',
    sweepCheck,
    { DescribeStacks: { Stacks: [{ CreationTime: new Date(Date.now() - 5 * 60_000) }] } },
    'not set up',
    /5 minutes old.*again in 25 minutes/s,
  ],
  [
    'no sweep ran',
    sweepCheck,
    { DescribeStacks: { Stacks: [{ CreationTime: new Date(Date.now() - 31 * 60_000) }] } },
    'failed',
    /No sweep has finished in the last 30 minutes/,
  ],
  // Nothing listens at the port.
  [
    'nothing answers',
    webhookCheck,
    { GetSecretValue: { SecretString: SECRET } },
    'failed',
    /no response.*npm start/s,
  ],
  [
    'a permission is missing',
    concurrencyCheck,
    { GetAccountSettings: named('AccessDeniedException') },
    'failed',
    /credentials with lambda:GetAccountSettings/,
  ],
  [
    'no credentials',
    streamCheck,
    { DescribeTable: named('CredentialsProviderError') },
    'failed',
    /Sign in again/,
  ],
  [
    'any other error',
    streamCheck,
    { DescribeTable: named('ResourceNotFoundException', 'no table') },
    'failed',
    /ResourceNotFoundException: no table/,
  ],
])('%s', async (_, check, answers, state, saying) => {
  const finding = await runCheck(check, account(answers));
  expect(finding.state).toBe(state);
  expect(Object.values(finding).join('\n')).toMatch(saying);
});

const blocked =
  '<HTML><BODY><H1>403 ERROR</H1> Request blocked. We cannot connect to the server.</BODY></HTML>';

test.each<[string, string, Record<string, [number, string]>, Finding['state'], RegExp]>([
  ['no secret is stored', 'placeholder', { '/webhooks/junction': [503, '{}'] }, 'not set up', /Connecting/],
  ['the endpoint fails', 'placeholder', { '/webhooks/junction': [500, '{}'] }, 'failed', /returned 500/],
  [
    'the web ACL lets this machine in',
    SECRET,
    { '/webhooks/junction': [200, '{"outcome":"ignored"}'] },
    'passed',
    /verified and ignored/,
  ],
  [
    'the web ACL refuses this machine',
    SECRET,
    { '/webhooks/junction': [403, blocked], '/openapi.json': [200, '{}'] },
    'skipped',
    /not in entranceWebhookSenders/,
  ],
  [
    'the web ACL refuses this machine, and no secret is stored',
    'placeholder',
    { '/webhooks/junction': [403, blocked], '/openapi.json': [200, '{}'] },
    'not set up',
    /Connecting/,
  ],
  [
    'the API refuses what passes the entrance',
    SECRET,
    { '/webhooks/junction': [403, blocked], '/openapi.json': [403, '{"message":"Forbidden"}'] },
    'failed',
    /origin secret/,
  ],
  [
    'the API refuses a webhook that passed the entrance',
    SECRET,
    { '/webhooks/junction': [403, '{"message":"Forbidden"}'], '/openapi.json': [200, '{}'] },
    'failed',
    /returned 403/,
  ],
])('with an entrance, %s', async (_, SecretString, pages, state, saying) => {
  const server = createServer((request, response) => {
    const [status, text] = pages[request.url ?? ''] ?? [404, ''];
    response.writeHead(status).end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const deployment = account({ GetSecretValue: { SecretString } });
  const finding = await runCheck(webhookCheck, {
    ...deployment,
    hasEntrance: true,
    url: `http://127.0.0.1:${port}`,
  });
  server.closeAllConnections();
  server.close();
  expect(finding.state).toBe(state);
  expect(Object.values(finding).join('\n')).toMatch(saying);
});

test('what is not set up yet fails a verification, unless it may be set up later', async () => {
  const verified = (setUpLater: boolean, answers: Answers) => {
    const skip = checks.map(({ name }) => name).filter((name) => name !== 'concurrency');
    return verify(account(answers), { skip, setUpLater }, () => {});
  };
  const small = { GetAccountSettings: quota(10) };
  expect(await verified(false, small)).toBe(false);
  expect(await verified(true, small)).toBe(true);
  expect(await verified(true, { GetAccountSettings: named('AccessDeniedException') })).toBe(false);
});

test('the test event is of a type that nothing tracks', () => {
  const body = JSON.stringify({ event_type: VERIFICATION_EVENT, data: {} });
  expect(readWebhook(body, '', () => '')).toEqual({ kind: 'untracked' });
});

test('the findings of all checks stand in columns, with what to do below', () => {
  const lines = checks.flatMap(({ name }) => [
    ...findingLines(name, passed('fine')),
    ...findingLines(name, failed('broken', 'Mend it.')),
    ...findingLines(name, notSetUp('broken', 'Mend it.')),
  ]);
  const columns = lines.map((line) => line.search(/fine$|broken$|→ Mend it\.$/));
  expect(new Set(columns).size).toBe(1);
  expect(columns[0]).toBeGreaterThan(0);
});

test('IAM judges all items of a transaction together', async () => {
  const deployment = account({});
  const { lambda } = deployment.clients;
  const asked: string[] = [];
  const send = async ({ input }: { input: { FunctionName: string; Payload: string } }) => {
    asked.push(`${input.FunctionName} ${input.Payload}`);
    return probed(!input.Payload.includes('PROBE#'));
  };
  const clients = { ...deployment.clients, lambda: { ...lambda, send } } as unknown as Clients;
  const finding = await runCheck(transactionsCheck, { ...deployment, clients });
  expect(finding).toMatchObject({ state: 'passed', detail: expect.stringContaining('at union') });
  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatch(
    /^stack-Query-1 .*"action":"Put","pk":"TX#probe".*"action":"Update","pk":"ORDER#probe"/,
  );
});

test('on this machine, the webhook is sent to the given address, because nobody knows the name of the other', async () => {
  const deployment = account({ GetSecretValue: { SecretString: SECRET } });
  const WebhookUrl = 'https://api.invalid/webhooks/junction';
  const outputs = { ...deployment.outputs, WebhookUrl };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(JSON.stringify({ outcome: 'ignored' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await runCheck(webhookCheck, { ...deployment, outputs, url })).state).toBe('passed');
  server.close();
  expect(asked).toEqual(['/webhooks/junction']);
  expect((await runCheck(webhookCheck, { ...deployment, outputs, url: 'https://api.invalid' })).state).toBe(
    'failed',
  );
});

test('a loopback address is that of npm start, unless AWS has an endpoint of its own', async () => {
  const cases = { '': true, 'http://127.0.0.1:4566': false };
  for (const [endpoint, isLocal] of Object.entries(cases)) {
    expect(isLocalStack('http://127.0.0.1:8787', endpoint)).toBe(isLocal);
    expect(isLocalStack('https://api.example.com', endpoint)).toBe(false);
  }
  expect(isLocalStack(undefined, '')).toBe(false);
});
