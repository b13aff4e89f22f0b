import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ServiceFunction, ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { FailedRecords } from './failed-records.ts';

/** Some changes of items, as an event pattern of Lambda's filters without the kinds of changes. */
interface ChangePattern {
  readonly events: readonly ('INSERT' | 'MODIFY' | 'REMOVE')[];
  readonly dynamodb: { readonly Keys: object; readonly NewImage?: object };
}

export interface StreamFeedProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly fn: ServiceFunction;
  readonly failures: FailedRecords;
  /** The records that the function gets. A record has to match one of them. */
  readonly patterns: readonly ChangePattern[];
}

/**
 * Feeds a function from the table's stream, in order per item. A failing batch is retried and bisected until its
 * records are 12 hours old: an outage of a dependency is not a reason to drop records, however many attempts it takes.
 * Lambda paces the attempts itself; no setting controls the pauses between them. Records that get too old go to the
 * failure bucket, and the redrive takes them from there. DynamoDB allows two readers of a stream: the projection and the
 * outbox.
 *
 * The limits: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html. A retry count of -1 means no limit
 * but age; splitting a batch does not count as a retry. The stream itself keeps records for 24 hours.
 */
export class StreamFeed extends Construct {
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, props: StreamFeedProps) {
    super(scope, id);
    const { context, table, fn, failures, patterns } = props;
    table.grantStream(fn);
    failures.grantKeep(fn);
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: fn.lambda,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: patterns.map(({ events, dynamodb }) =>
        FilterCriteria.filter({ eventName: [...events], dynamodb }),
      ),
      batchSize: 100,
      // The order of records per item is kept at any factor. The factor times the number of shards limits how much of the
      // account's concurrency the function can take. docs/deploy.md says which factor a quota allows.
      parallelizationFactor: context.configuration.streamParallelization,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: -1,
      maxRecordAge: Duration.hours(12),
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: failures.bucket.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }
}
