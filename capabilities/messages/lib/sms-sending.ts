import { Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnConfigurationSet, CfnPool } from 'aws-cdk-lib/aws-smsvoice';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { serviceName } from '../../../lib/configuration/configuration.ts';
import { givenConstruct } from '../../../lib/configuration/given-construct.ts';
import type { ServiceFunction, ServiceFunctionContext } from '../../../lib/functions/service-function.ts';
import type { ServiceOutput } from '../../../lib/outputs/service-output.ts';
import type { ChannelSending } from './channel-sending.ts';

const service = new ServicePrincipal('sms-voice.amazonaws.com');

/**
 * Sends texts by AWS End User Messaging SMS with a configuration set, which reports the outcomes to a topic. The events
 * that the service puts on the default event bus do not have the context of a message, by which its report is found:
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html
 *
 * Who replies STOP gets no more texts: the service keeps the opt-out list, and refuses to send. What it does not answer itself comes
 * to a second topic, once somebody has connected the number with it (docs/deploy.md): a number can be in use elsewhere, so that it is
 * no part of the stack.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list-keywords.html
 */
export class SmsSending extends Construct implements ChannelSending {
  readonly outputs: Readonly<Record<string, ServiceOutput>>;
  /** Receives an event per report, with phone numbers. SNS stores nothing. */
  private readonly reports: Topic;
  /** Receives patients' replies, with phone numbers and texts. SNS stores nothing. */
  private readonly replies: Topic;
  readonly configurationSetName: string;
  private readonly sender: string;

  constructor(scope: Construct, id: string, { configuration, keys }: ServiceFunctionContext) {
    super(scope, id);
    const { messageSmsSender } = configuration;
    if (!messageSmsSender) throw new Error('SMS needs a sender.');
    this.sender = messageSmsSender;
    this.configurationSetName = serviceName(configuration);
    const encrypted = { masterKey: keys.operations, enforceSSL: true };
    this.reports = new Topic(this, 'Reports', { displayName: 'Reports about SMS', ...encrypted });
    this.replies = new Topic(this, 'Replies', { displayName: 'Replies to SMS', ...encrypted });
    this.outputs = {
      SmsRepliesTopicArn: {
        value: this.replies.topicArn,
        description:
          'Connect the phone number with this topic, so that a STOP is seen at once (docs/deploy.md)',
      },
    };
    const { configurationSetName: resourceName } = this;
    this.allowPublish(this.reports, { resource: 'configuration-set', resourceName });
    this.allowPublish(this.replies, { resource: '*' });
    const set = new CfnConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSetName,
      eventDestinations: [
        {
          eventDestinationName: 'reports',
          enabled: true,
          matchingEventTypes: ['TEXT_ALL'],
          snsDestination: { topicArn: this.reports.topicArn },
        },
      ],
    });
    // The service checks that it may publish when the destination is created.
    set.node.addDependency(this.reports);
  }

  /**
   * Grants sending from the configured phone number or pool.
   * https://docs.aws.amazon.com/sms-voice/latest/userguide/permissions-actions.html
   */
  grantSend(fn: ServiceFunction): void {
    fn.permit({ actions: ['sms-voice:SendTextMessage'], resources: [this.senderArn()] });
    fn.lambda.addEnvironment('MESSAGE_SMS_SENDER', this.sender);
    fn.lambda.addEnvironment('SMS_CONFIGURATION_SET', this.configurationSetName);
  }

  reportTo({ lambda }: ServiceFunction): void {
    for (const topic of [this.reports, this.replies]) topic.addSubscription(new LambdaSubscription(lambda));
  }

  private senderArn(): string {
    const given = givenConstruct(this.sender);
    const isId = given ? given.attribute !== 'Arn' : !Token.isUnresolved(this.sender);
    // What exists only at deployment and is no id of a construct must be an ARN: its form is not known.
    if (!isId || this.sender.startsWith('arn:')) return this.sender;
    const isPool = given ? CfnPool.isCfnPool(given.resource) : this.sender.startsWith('pool-');
    const resource = isPool ? 'pool' : 'phone-number';
    return Stack.of(this).formatArn({ service: 'sms-voice', resource, resourceName: this.sender });
  }

  /**
   * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-sns-creating-role.html
   * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-iam-policy-auto.html
   */
  private allowPublish(topic: Topic, source: { resource: string; resourceName?: string }): void {
    const stack = Stack.of(this);
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [service],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'sms-voice', ...source }) },
        },
      }),
    );
  }
}

/**
 * Lets the SMS service encrypt what it publishes to topics with the key. AWS documents this statement without conditions.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-sns-creating-role.html
 */
export function allowSmsReports(key: Key): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [service],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: ['*'],
    }),
  );
}
