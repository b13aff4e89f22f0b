import { Duration, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunction, ServiceFunctionContext } from '../functions/service-function.ts';
import { FAILURE_DAYS } from '../storage/retention.ts';

/**
 * The failure bucket: holds stream records that expired before a function processed them, so that they can be redriven.
 * Only a bucket receives the records themselves. A queue or topic receives a pointer into the stream, which keeps records
 * for a day.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export class FailedRecords extends Construct {
  readonly bucket: Bucket;
  private readonly context: ServiceFunctionContext;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext) {
    super(scope, id);
    this.context = context;
    this.bucket = this.privateBucket();
  }

  /**
   * Grants storing failed records. Lambda writes with the role of the function, below aws/lambda/<mapping id>/. Of the key,
   * it needs only this action: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
   */
  grantKeep(fn: ServiceFunction): void {
    this.permitObjects(fn, ['s3:PutObject']);
    fn.permitKey(this.context.keys.data, 's3', ['kms:GenerateDataKey']);
  }

  /** Grants reading, updating and removing failed records. */
  grantRedrive(fn: ServiceFunction): void {
    this.permitObjects(fn, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);
    fn.permitKey(this.context.keys.data, 's3', ['kms:Decrypt', 'kms:GenerateDataKey']);
    fn.lambda.addEnvironment('FAILURE_BUCKET_NAME', this.bucket.bucketName);
  }

  /** Includes listing: Lambda requires it, and without it S3 answers 403 for a missing object. */
  private permitObjects(fn: ServiceFunction, actions: string[]): void {
    const { bucket } = this;
    const conditions = { StringEquals: { 's3:ResourceAccount': bucket.env.account } };
    fn.permit({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions });
    const objects = bucket.arnForObjects('aws/lambda/*');
    fn.permit({ actions, resources: [objects], conditions });
    fn.acknowledgeWildcard(
      objects,
      'Lambda chooses the object name below this prefix: mapping, shard and time of the failure.',
    );
  }

  private privateBucket(): Bucket {
    const { keys, removalPolicy } = this.context;
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
          expiration: Duration.days(FAILURE_DAYS),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    });
    const rare =
      'It is written only when a record is discarded, which raises an alarm. It holds ids and states that the table holds too. CloudTrail data events, if the account enables them, record every reader.';
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions-S1', reason: rare },
      { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: rare },
      {
        id: 'HIPAA.Security-S3BucketReplicationEnabled',
        reason:
          'It holds only copies of data in the table: transactions can be rebuilt from order items, and events follow from transactions.',
      },
    );
    return bucket;
  }
}
