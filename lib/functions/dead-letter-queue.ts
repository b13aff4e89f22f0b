import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface DeadLetterQueueProps {
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Holds everything that could not be delivered, with its full content. One queue is enough, because the attributes or the
 * body of each message state its target and why it failed. Nothing redrives it; a person decides:
 *
 * - Scheduled runs that EventBridge Scheduler could not start, or that failed. The next run makes up for a run of the sweep or
 *   the redrive; a review is sent again by hand.
 * - Events that EventBridge could not deliver to a target for a day. Only a person can tell whether an old notification
 *   still matters. The archive of the bus has the event.
 * - Events that the bus could not encrypt.
 *
 * The state of transactions does not depend on this queue: stream records go to the failure bucket.
 */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { removalPolicy }: DeadLetterQueueProps) {
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

  /**
   * Lets EventBridge send what a bus or its rules could not deliver.
   *
   * @param sourceArn can contain wildcards
   */
  acceptFrom(sourceArn: string): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnLike: { 'aws:SourceArn': sourceArn } },
      }),
    );
  }
}
