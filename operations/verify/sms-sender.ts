import {
  DescribeAccountAttributesCommand,
  DescribeKeywordsCommand,
  DescribePhoneNumbersCommand,
  DescribePoolsCommand,
  DescribeSpendLimitsCommand,
  type PhoneNumberInformation,
  type PoolInformation,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Clients } from '../deployment/deployment.ts';
import { type Check, type Finding, notSetUp, passed, skipped } from './check.ts';

const DEPLOY = 'docs/deploy.md, "Messages to patients"';

/** What a reply may say to revoke consent, besides the words that the service knows. */
const KEYWORDS = ['REVOKE', 'OPT OUT'];

/** Checks whether AWS End User Messaging can send texts from the configured number or pool, and where replies go. */
export const smsSenderCheck: Check = {
  name: 'SMS sender',
  permissions: [
    'sms-voice:DescribePhoneNumbers',
    'sms-voice:DescribePools',
    'sms-voice:DescribeKeywords',
    'sms-voice:DescribeAccountAttributes',
    'sms-voice:DescribeSpendLimits',
  ],
  async look({ clients, outputs, isLocal, senders: { sms } }) {
    if (sms === undefined) return skipped('Messages to patients by SMS are off.');
    if (isLocal) return skipped('The local stack delivers SMS to /inbox.');
    const sender = await senderWith(clients, sms);
    return (
      statusFault(sender, sms) ??
      (await accountFault(clients)) ??
      repliesFault(sender, outputs.SmsRepliesTopicArn) ??
      (await keywordFault(clients, sender, sms)) ??
      passed(
        sender?.SelfManagedOptOutsEnabled
          ? `${sms} can send SMS. Its opt-outs are self-managed, so you must reply to STOP and HELP.`
          : `${sms} can send SMS, and AWS replies to STOP and HELP.`,
      )
    );
  },
};

type Sender = PhoneNumberInformation | PoolInformation | undefined;

async function senderWith({ smsVoice }: Clients, id: string): Promise<Sender> {
  if (/(^|\/)pool-/.test(id)) {
    const { Pools = [] } = await smsVoice.send(new DescribePoolsCommand({ PoolIds: [id] }));
    return Pools[0];
  }
  const { PhoneNumbers = [] } = await smsVoice.send(
    new DescribePhoneNumbersCommand({ PhoneNumberIds: [id] }),
  );
  return PhoneNumbers[0];
}

function statusFault(sender: Sender, id: string): Finding | undefined {
  if (sender?.Status === 'ACTIVE') return undefined;
  return notSetUp(
    sender
      ? `${id} has the status ${sender.Status} and cannot send SMS.`
      : `The account does not contain ${id}.`,
    `Register the number, and wait until it is ACTIVE (${DEPLOY}).`,
  );
}

/** https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_AccountAttribute.html */
async function accountFault({ smsVoice }: Clients): Promise<Finding | undefined> {
  const { AccountAttributes = [] } = await smsVoice.send(new DescribeAccountAttributesCommand({}));
  if (AccountAttributes.some(({ Name, Value }) => Name === 'ACCOUNT_TIER' && Value === 'SANDBOX')) {
    return notSetUp(
      'The account is in the AWS End User Messaging SMS sandbox, so texts reach only verified numbers.',
      'Request production access: https://docs.aws.amazon.com/sms-voice/latest/userguide/sandbox.html',
    );
  }
  const { SpendLimits = [] } = await smsVoice.send(new DescribeSpendLimitsCommand({}));
  const limit = SpendLimits.find(({ Name }) => Name === 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT')?.EnforcedLimit;
  if (limit === undefined || limit > 1) return undefined;
  return notSetUp(
    `The account's SMS spend limit is ${limit} dollar per month, which allows about 50 messages.`,
    `Raise the spend limit (${DEPLOY}).`,
  );
}

function repliesFault(sender: Sender, topicArn: string | undefined): Finding | undefined {
  const { TwoWayEnabled, TwoWayChannelArn } = sender ?? {};
  if (TwoWayEnabled && TwoWayChannelArn === topicArn) return undefined;
  return notSetUp(
    TwoWayEnabled ? `Replies go to ${TwoWayChannelArn}.` : 'The number does not forward replies.',
    `Connect it to the topic in the output SmsRepliesTopicArn (${DEPLOY}, "Replies"). If your own topic forwards the replies, skip this check.`,
  );
}

/** A toll-free number knows STOP only, which the carrier handles. */
async function keywordFault(clients: Clients, sender: Sender, id: string): Promise<Finding | undefined> {
  if (!sender || sender.SelfManagedOptOutsEnabled) return undefined;
  if ('NumberType' in sender && sender.NumberType === 'TOLL_FREE') return undefined;
  const { Keywords = [] } = await clients.smsVoice.send(
    new DescribeKeywordsCommand({ OriginationIdentity: id }),
  );
  const optsOut = Keywords.filter(({ KeywordAction }) => KeywordAction === 'OPT_OUT');
  const missing = KEYWORDS.filter((word) => !optsOut.some(({ Keyword }) => Keyword?.toUpperCase() === word));
  if (missing.length === 0) return undefined;
  return notSetUp(
    `The number does not treat ${missing.join(' and ')} as an opt-out.`,
    `Add the keywords with the action OPT_OUT (${DEPLOY}, "STOP and HELP").`,
  );
}
