import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { OrdersTable } from './orders-table.ts';
import { ServiceFunction, type ServiceFunctionContext } from './service-function.ts';

export interface ProjectionProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
}

/** Keeps transaction items true to order items: the function that recomputes, and the stream that calls it. */
export class Projection extends Construct {
  readonly function: ServiceFunction;
  readonly mapping: EventSourceMapping;
  /** Stream records that could not be processed, each whole, so that it can be replayed. */
  readonly failures: Bucket;

  constructor(scope: Construct, id: string, { context, table }: ProjectionProps) {
    super(scope, id);
    this.failures = this.failureBucket(context);
    this.function = new ServiceFunction(this, 'Recompute', {
      context,
      name: 'recompute',
      description: 'Folds changed orders into their transactions',
      timeout: Duration.seconds(60),
    });
    this.function.tellClocks();
    table.grantItems(this.function, ['TX'], ['GetItem', 'DeleteItem']);
    table.grantItems(this.function, ['ORDER'], ['UpdateItem']);
    // Both kinds in one grant: a provisional transaction is written together with a check of its order.
    table.grantItems(this.function, ['TX', 'ORDER'], ['PutItem', 'ConditionCheckItem']);
    table.grantStream(this.function);
    this.letFailuresBeKept(context);
    this.mapping = this.orderChanges(table);
  }

  private orderChanges(table: OrdersTable): EventSourceMapping {
    return new EventSourceMapping(this, 'OrderChanges', {
      target: this.function.lambda,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      // Its own writes come back on the stream: without this filter it would call itself.
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.or('INSERT', 'MODIFY'),
          dynamodb: { Keys: { sk: { S: FilterRule.isEqual('ORDER') } } },
        }),
      ],
      batchSize: 100,
      // Order matters per item only, and that is kept; a record that keeps failing holds up a quarter of the rest.
      parallelizationFactor: 4,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: this.failures.bucketArn }) },
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }

  private failureBucket({ configuration, keys, removalPolicy }: ServiceFunctionContext): Bucket {
    const bucket = new Bucket(this, 'Failures', {
      encryption: BucketEncryption.KMS,
      encryptionKey: keys.data,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(configuration.failureRetentionDays),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    });
    const rare =
      'Written only when a record fails for good, which alarms; it holds ids and states that the table holds too. Data events of CloudTrail, where the account has them, name every reader.';
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions-S1', reason: rare },
      { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: rare },
      {
        id: 'HIPAA.Security-S3BucketReplicationEnabled',
        reason:
          'A second copy of what the table can be asked again: transactions are rebuilt from order items.',
      },
    );
    return bucket;
  }

  /** Lambda's poller writes with the role of the function, below the prefix aws/lambda/<mapping id>/. */
  private letFailuresBeKept({ keys }: ServiceFunctionContext): void {
    const { failures } = this;
    const inThisAccount = { StringEquals: { 's3:ResourceAccount': failures.env.account } };
    this.function.permit({
      actions: ['s3:ListBucket'],
      resources: [failures.bucketArn],
      conditions: inThisAccount,
    });
    this.function.permit({
      actions: ['s3:PutObject'],
      resources: [failures.arnForObjects('aws/lambda/*')],
      conditions: inThisAccount,
    });
    this.function.acknowledgeWildcard(
      `<${Stack.of(this).getLogicalId(failures.node.defaultChild as CfnBucket)}.Arn>/aws/lambda/*`,
      'Lambda chooses the object name below this prefix: mapping, shard and time of the failure.',
    );
    this.function.permitKey(keys.data, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']);
  }
}
