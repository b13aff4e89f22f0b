import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunction, ServiceFunctionContext } from '../functions/service-function.ts';

/**
 * Where stream records go that failed every attempt: each whole, so that it can be replayed. A queue would get a
 * pointer into the stream instead, which forgets after a day.
 */
export class FailedRecords extends Construct {
  readonly bucket: Bucket;
  private readonly context: ServiceFunctionContext;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext) {
    super(scope, id);
    this.context = context;
    this.bucket = this.privateBucket();
  }

  /** Lambda's poller writes with the role of the function, below the prefix aws/lambda/<mapping id>/. */
  grantKeep(fn: ServiceFunction): void {
    const { bucket } = this;
    const inThisAccount = { StringEquals: { 's3:ResourceAccount': bucket.env.account } };
    fn.permit({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions: inThisAccount });
    fn.permit({
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('aws/lambda/*')],
      conditions: inThisAccount,
    });
    fn.acknowledgeWildcard(
      `<${Stack.of(this).getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>/aws/lambda/*`,
      'Lambda chooses the object name below this prefix: mapping, shard and time of the failure.',
    );
    fn.permitKey(this.context.keys.data, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']);
  }

  private privateBucket(): Bucket {
    const { configuration, keys, removalPolicy } = this.context;
    const bucket = new Bucket(this, 'Bucket', {
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
          'A second copy of what the table can be asked again: transactions are rebuilt from order items, and events are told by transactions.',
      },
    );
    return bucket;
  }
}
