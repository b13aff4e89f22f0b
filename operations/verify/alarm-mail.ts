import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { type Check, notSetUp, passed, skipped } from './check.ts';

/** Checks that somebody receives the alarms. */
export const alarmMailCheck: Check = {
  name: 'alarm mail',
  permissions: ['sns:ListSubscriptionsByTopic'],
  async look({ clients, outputs, isLocal }) {
    if (isLocal) return skipped('The local stack prints its emails.');
    const { Subscriptions = [] } = await clients.sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: outputs.OperatorsTopicArn }),
    );
    const pending = Subscriptions.filter(({ SubscriptionArn = '' }) => !SubscriptionArn.startsWith('arn:'));
    const confirmed = Subscriptions.length - pending.length;
    if (confirmed > 0)
      return passed(
        `Subscriptions that receive the alarms: ${confirmed}; waiting for confirmation: ${pending.length}.`,
      );
    if (pending.length > 0) {
      return notSetUp(
        `Nobody gets the alarms: ${pending.map(({ Endpoint }) => Endpoint).join(', ')} has not confirmed.`,
        'Copy the link in the email "AWS Notification - Subscription Confirmation", and run npx redraw-tracker confirm-subscription with it, in quotes. The link is valid for three days. After that, subscribe again.',
      );
    }
    return notSetUp(
      'Nobody gets the alarms: the topic has no subscription.',
      'Set operatorEmail, or run: aws sns subscribe --topic-arn <OperatorsTopicArn> --protocol email --notification-endpoint <address>, as docs/deploy.md describes ("Notifying people and programs").',
    );
  },
};
