import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/**
 * The event age that Lambda accepts, in seconds, and the most retries of an error.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
const MIN_EVENT_AGE = 60;
const MAX_EVENT_AGE = 6 * 3_600;
const MAX_RETRIES = 2;

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

  /**
   * Keeps the asynchronous invocations of a function that fail. Lambda retries throttles and its own errors until the event is
   * too old, and errors of the function at most twice.
   */
  acceptFailuresOf(fn: ServiceFunction, maxAge: Duration): void {
    const seconds = Math.min(Math.max(maxAge.toSeconds(), MIN_EVENT_AGE), MAX_EVENT_AGE);
    fn.permit({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
    fn.lambda.configureAsyncInvoke({
      maxEventAge: Duration.seconds(seconds),
      retryAttempts: MAX_RETRIES,
      onFailure: { bind: () => ({ destination: this.queue.queueArn }) },
    });
  }
}
