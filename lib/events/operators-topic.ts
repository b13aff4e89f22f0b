import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { EncryptionKeys } from '../storage/encryption-keys.ts';

export interface OperatorsTopicProps {
  readonly keys: EncryptionKeys;
  /** The first subscriber; others can subscribe later. */
  readonly email: string | undefined;
}

const keyUseForPublishing = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** The topic for alarms and notifications to the people who operate the system. */
export class OperatorsTopic extends Construct {
  readonly topic: Topic;
  private readonly keys: EncryptionKeys;

  constructor(scope: Construct, id: string, { keys, email }: OperatorsTopicProps) {
    super(scope, id);
    this.keys = keys;
    this.topic = new Topic(this, 'Topic', {
      displayName: 'redraw-tracker',
      masterKey: keys.operations,
      enforceSSL: true,
    });
    // An explicit policy replaces the default one, which lets the account's alarms publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** Grants publishing to operators, and passes the ARN of the topic in the environment. */
  grantPublish(fn: ServiceFunction): void {
    fn.permit({ actions: ['sns:Publish'], resources: [this.topic.topicArn] });
    fn.permitKey(this.keys.operations, 'sns', keyUseForPublishing);
    fn.lambda.addEnvironment('OPERATORS_TOPIC_ARN', this.topic.topicArn);
  }

  /**
   * The role that rules of the bus publish with. With a role instead of resource policies, conditions on the rule take
   * effect: EventBridge does not pass them to topics and their keys.
   */
  roleForRules(busName: string): Role {
    const stack = Stack.of(this);
    const rules = stack.formatArn({ service: 'events', resource: 'rule', resourceName: `${busName}/*` });
    const role = new Role(this, 'RoleForRules', {
      description: 'Sends events of redraw-tracker to operators',
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': rules },
        },
      }),
    });
    new ManagedPolicy(this, 'PermissionsForRules', {
      description: 'Permissions of the rules of the redraw-tracker event bus',
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
        new PolicyStatement({
          actions: keyUseForPublishing,
          resources: [this.keys.operations.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `sns.${stack.region}.amazonaws.com` } },
        }),
      ],
    });
    return role;
  }
}
