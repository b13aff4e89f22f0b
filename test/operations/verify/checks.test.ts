/** What the checks say of an account. Against a running stack: test/stack/webhook/verification.ts. */
import { NotFoundException } from '@aws-sdk/client-sesv2';
import { expect, test } from 'vitest';
import { alarmActionsCheck } from '../../../operations/verify/alarm-actions.ts';
import { alarmMailCheck } from '../../../operations/verify/alarm-mail.ts';
import { busCheck, topicsCheck } from '../../../operations/verify/bus.ts';
import { type Check, type Finding, runCheck } from '../../../operations/verify/check.ts';
import { concurrencyCheck } from '../../../operations/verify/concurrency.ts';
import {
  emailSenderCheck,
  ownerMailSenderCheck,
  signInEmailSenderCheck,
} from '../../../operations/verify/email-sender.ts';
import { smsSenderCheck } from '../../../operations/verify/sms-sender.ts';
import { streamCheck } from '../../../operations/verify/stream.ts';
import { sweepCheck } from '../../../operations/verify/sweep.ts';
import { transactionsCheck } from '../../../operations/verify/transactions.ts';
import { webhookCheck } from '../../../operations/verify/webhook.ts';
import {
  type Answers,
  account,
  history,
  mails,
  named,
  optsOut,
  probed,
  quota,
  readers,
  SECRET,
  streaming,
  subscribed,
  texts,
} from './account.ts';

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
    'both topics accept a test',
    topicsCheck,
    { PutEvents: { Entries: [{ EventId: 'one' }] }, FilterLogEvents: { events: [{}] } },
    'passed',
    /topics of operators and critical results/,
  ],
  [
    'a topic refuses a test',
    topicsCheck,
    { FilterLogEvents: { events: [] } },
    'failed',
    /did not reach the topics.*operator-mails.*Operator email errors/s,
  ],
  [
    'both topics accept alarms',
    alarmActionsCheck,
    history('Successfully executed action arn:topic', 'Successfully executed action arn:critical'),
    'passed',
    /OperatorsTopic and CriticalResultsTopic accepted/,
  ],
  [
    'a topic has had no alarm',
    alarmActionsCheck,
    history('Successfully executed action arn:topic', 'Failed to execute action arn:other'),
    'passed',
    /OperatorsTopic accepted.*None has gone off at CriticalResultsTopic/,
  ],
  [
    'a topic refused an alarm',
    alarmActionsCheck,
    history(
      'Successfully executed action arn:topic',
      'Failed to execute action arn:critical. Received error: no access to the key',
    ),
    'failed',
    /arn:critical.*no access to the key.*policy of the topic/s,
  ],
  [
    'a topic accepts alarms again',
    alarmActionsCheck,
    history('Successfully executed action arn:topic', 'Failed to execute action arn:topic'),
    'passed',
    /OperatorsTopic accepted/,
  ],
  ['there was no alarm', alarmActionsCheck, history(), 'skipped', /No alarm has gone off/],
  [
    'somebody gets the alarms',
    alarmMailCheck,
    { ListSubscriptionsByTopic: subscribed('arn:one', 'PendingConfirmation') },
    'passed',
    /alarms: 1; waiting for confirmation: 1/,
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
