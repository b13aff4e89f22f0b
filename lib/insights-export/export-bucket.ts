import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { EXPORT_DAYS, FAILURE_DAYS } from '../storage/retention.ts';

/** The folders of the bucket: the files, what could not be converted to one, and results of Athena. */
export const FOLDERS = { records: 'records', failed: 'failed', results: 'athena-results' } as const;

/** Query results only repeat the content of the files. */
const RESULT_DAYS = 30;
const OLD_VERSION_DAYS = 30;

/** The bucket of the export, with a log of who reads it. */
export class ExportBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext) {
    super(scope, id);
    const { configuration, keys, removalPolicy } = context;
    const common: BucketProps = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy,
    };
    const expiring = (days: number, folder?: string) => ({
      ...(folder && { prefix: `${folder}/` }),
      expiration: Duration.days(days),
      noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS),
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    });
    const log = new Bucket(this, 'AccessLog', {
      ...common,
      // Access logs cannot be delivered to a bucket that a key of KMS encrypts by default:
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [expiring(configuration.logRetentionDays)],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...common,
      encryption: BucketEncryption.KMS,
      encryptionKey: keys.operations,
      bucketKeyEnabled: true,
      lifecycleRules: [
        expiring(EXPORT_DAYS, FOLDERS.records),
        expiring(FAILURE_DAYS, FOLDERS.failed),
        expiring(RESULT_DAYS, FOLDERS.results),
      ],
    });
    logAccess(this.bucket, log);
    acknowledgeFindings(this.bucket, log);
  }
}

/** By a policy of the log's bucket. Without a feature flag, the CDK would use an access control list, which is switched off. */
function logAccess(bucket: Bucket, log: Bucket): void {
  (bucket.node.defaultChild as CfnBucket).loggingConfiguration = { destinationBucketName: log.bucketName };
  log.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [log.arnForObjects('*')],
      // Not the ARN of the other bucket: each would depend on the other.
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(log).account } },
    }),
  );
}

function acknowledgeFindings(bucket: Bucket, log: Bucket): void {
  const copies =
    'It holds figures that follow from the transactions in the table, and the event archive can deliver them again for as long as it keeps them.';
  Validations.of(bucket).acknowledge({ id: 'HIPAA.Security-S3BucketReplicationEnabled', reason: copies });
  Validations.of(log).acknowledge(
    {
      id: 'HIPAA.Security-S3BucketReplicationEnabled',
      reason: 'It holds who read the export, and expires with the other logs, none of which is replicated.',
    },
    {
      id: 'HIPAA.Security-S3DefaultEncryptionKMS',
      reason:
        'S3 delivers access logs only to a bucket whose default encryption is SSE-S3. They hold names of files and readers.',
    },
  );
}
