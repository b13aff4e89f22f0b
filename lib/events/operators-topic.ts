import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { TEST_ATTRIBUTE } from '../../core/events/source.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import type { ServiceFunction } from '../functions/service-function.ts';

export interface OperatorsTopicProps {
  /** The deployer's topic, instead of a new one. Its policy and its key must let alarms of the account publish. */
  readonly topic: ITopic | undefined;
  readonly keys: EncryptionKeys;
  /** The sender that an SMS shows. */
  readonly displayName: string;
  /** The first subscriber; others can subscribe later. */
  readonly email: string | undefined;
}

const keyUseForPublishing = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** A topic for alarms and notifications to the people who operate the system. */
export class OperatorsTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: OperatorsTopicProps) {
    super(scope, id);
    const { topic, keys, displayName, email } = props;
    this.topic = topic ?? alarmTopic(this, keys.operations, displayName);
    if (email) {
      // The test of `redraw-tracker verify` needs nobody.
      const filterPolicy = { [TEST_ATTRIBUTE]: SubscriptionFilter.notExistsFilter() };
      this.topic.addSubscription(new EmailSubscription(email, { filterPolicy }));
    }
  }

  /** Grants publishing to operators, and passes the ARN of the topic in the named environment variable. */
  grantPublish(fn: ServiceFunction, variable: string): void {
    fn.permit({ actions: ['sns:Publish'], resources: [this.topic.topicArn] });
    if (this.topic.masterKey) fn.permitKey(this.topic.masterKey, 'sns', keyUseForPublishing);
    fn.lambda.addEnvironment(variable, this.topic.topicArn);
  }

  /** Grants counting the subscriptions, and passes the ARN of the topic in the named environment variable. */
  grantCount(fn: ServiceFunction, variable: string): void {
    fn.permit({ actions: ['sns:GetTopicAttributes'], resources: [this.topic.topicArn] });
    fn.lambda.addEnvironment(variable, this.topic.topicArn);
  }
}

/** A topic that alarms of the account can publish to. The key must let them use it. */
export function alarmTopic(scope: Construct, key: IKey, displayName = 'redraw-tracker'): Topic {
  const topic = new Topic(scope, 'Topic', {
    displayName,
    masterKey: key,
    enforceSSL: true,
  });
  // An explicit policy replaces the default one, which lets the account's alarms publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}
