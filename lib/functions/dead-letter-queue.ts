import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunctionContext } from './service-function.ts';

/**
 * Where calls and messages go that could not be delivered: runs of schedules, and events for the operators. One queue,
 * because one person looks at it; each message says in its attributes what it was for and why it failed.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { removalPolicy }: ServiceFunctionContext) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      // A key of SQS's own, because EventBridge could not be held to our rules in the policy of ours.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy,
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of schedules and rules; nothing is read from it but by people.',
    });
  }

  /** Lets EventBridge put here what a rule or a bus could not deliver. */
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
