/** An AWS account that answers as it is told. */
import type { Clients, Deployment } from '../../../operations/deployment/deployment.ts';

/** The answers of AWS by the name of the command; an error is thrown. */
export type Answers = Record<string, object>;

export function account(answers: Answers): Deployment {
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
    OperatorMailsLogName: 'mails-log',
    OperatorsTopicArn: 'arn:topic',
    CriticalResultsTopicArn: 'arn:critical',
    TransactionFunctions: 'query=stack-Query-1,rebuild=stack-Rebuild-2',
    SmsRepliesTopicArn: 'arn:replies',
  };
  const senders = {
    email: 'results@mail.example.com',
    sms: 'phone-1',
    ownerMails: 'redraws@example.com',
    signIn: 'sign-in@example.com',
  };
  const where = {
    url: 'http://127.0.0.1:9',
    isLocal: false,
    metricsNamespace: 'RedrawTracker/test',
  };
  const stack = { stackNames: ['redraw-tracker-test'], hasEntrance: false };
  return { ...where, ...stack, outputs, senders, clients, sweepInterval: 900_000, patience: 0, given: {} };
}

export const SECRET = 'whsec_dGVzdHRlc3R0ZXN0dGVzdA==';
export const named = (name: string, message = name) => Object.assign(new Error(message), { name });
export const streaming = {
  Table: { StreamSpecification: { StreamEnabled: true }, LatestStreamArn: 'arn:stream' },
};
export const readers = (...changes: object[]) => ({
  EventSourceMappings: changes.map((change) => ({ State: 'Enabled', LastProcessingResult: 'OK', ...change })),
});
export const subscribed = (...arns: string[]) => ({
  Subscriptions: arns.map((SubscriptionArn) => ({ SubscriptionArn, Endpoint: 'ops@example.com' })),
});
export const quota = (ConcurrentExecutions: number) => ({ AccountLimit: { ConcurrentExecutions } });

export const mails = {
  GetEmailIdentity: { VerifiedForSendingStatus: true },
  GetAccount: { SendingEnabled: true, ProductionAccessEnabled: true },
};
const number = {
  Status: 'ACTIVE',
  TwoWayEnabled: true,
  TwoWayChannelArn: 'arn:replies',
  NumberType: 'TEN_DLC',
};
export const optsOut = (...words: string[]) => ({
  Keywords: words.map((Keyword) => ({ Keyword, KeywordAction: 'OPT_OUT' })),
});
export const probed = (allowed: boolean) => ({ Payload: Buffer.from(JSON.stringify({ allowed })) });
/** An account that sends SMS, with another number. */
export const texts = (changes: object = {}, answers: Answers = {}): Answers => ({
  DescribePhoneNumbers: { PhoneNumbers: [{ ...number, ...changes }] },
  DescribeAccountAttributes: { AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'PRODUCTION' }] },
  DescribeSpendLimits: { SpendLimits: [{ Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 200 }] },
  DescribeKeywords: optsOut('STOP', 'REVOKE', 'OPT OUT'),
  ...answers,
});

/** The actions of alarms, newest first. */
export const history = (...summaries: string[]) => ({
  DescribeAlarmHistory: { AlarmHistoryItems: summaries.map((HistorySummary) => ({ HistorySummary })) },
});
