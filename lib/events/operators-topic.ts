import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { EncryptionKeys } from '../storage/encryption-keys.ts';

export interface OperatorsTopicProps {
  /** The deployer's topic, instead of a new one. Its policy and its key must let alarms of the account publish. */
  readonly topic: ITopic | undefined;
  readonly keys: EncryptionKeys;
  /** A pattern for the ARNs of the rules that publish. */
  readonly ruleArns: string;
  /** The sender that an SMS shows. */
  readonly displayName: string;
  /** The first subscriber; others can subscribe later. */
  readonly email: string | undefined;
}

const keyUseForPublishing = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** A topic for alarms and notifications to the people who operate the system. */
export class OperatorsTopic extends Construct {
  readonly topic: ITopic;
  /**
   * The role that rules of the bus publish with. With a role instead of resource policies, conditions on the rule take
   * effect: EventBridge does not pass them to topics and their keys.
   */
  readonly roleForRules: Role;

  constructor(scope: Construct, id: string, props: OperatorsTopicProps) {
    super(scope, id);
    const { topic, keys, ruleArns, displayName, email } = props;
    this.topic = topic ?? alarmTopic(this, keys.operations, displayName);
    this.roleForRules = this.newRoleForRules(ruleArns);
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** Grants publishing to operators, and passes the ARN of the topic in the environment. */
  grantPublish(fn: ServiceFunction): void {
    fn.permit({ actions: ['sns:Publish'], resources: [this.topic.topicArn] });
    if (this.topic.masterKey) fn.permitKey(this.topic.masterKey, 'sns', keyUseForPublishing);
    fn.lambda.addEnvironment('OPERATORS_TOPIC_ARN', this.topic.topicArn);
  }

  private newRoleForRules(ruleArns: string): Role {
    const stack = Stack.of(this);
    const role = new Role(this, 'RoleForRules', {
      description: 'Sends events of redraw-tracker to operators',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': ruleArns },
        },
      }),
    });
    new ManagedPolicy(this, 'PermissionsForRules', {
      description: 'Permissions of the rules of the redraw-tracker event bus',
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
        ...(this.topic.masterKey ? [keyUseThroughSns(this.topic.masterKey, stack.region)] : []),
      ],
    });
    return role;
  }
}

function keyUseThroughSns(key: IKey, region: string): PolicyStatement {
  return new PolicyStatement({
    actions: keyUseForPublishing,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
  });
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
