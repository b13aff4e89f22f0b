import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunctionContext } from './service-function.ts';

/**
 * Holds what could not be delivered: scheduled runs, and events for rules of the bus. One queue is enough, because the
 * attributes of each message state its target and why it failed.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { removalPolicy }: ServiceFunctionContext) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      // A key that SQS manages: a key of ours would have to let EventBridge use it without conditions.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy,
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is the dead-letter queue of schedules and rules. Only people read it.',
    });
  }

  /** Lets EventBridge send what a rule or a bus could not deliver. */
  acceptFrom(sourceArn: string): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': sourceArn } },
      }),
    );
  }
}
