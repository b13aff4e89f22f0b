import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { ServiceFunctionContext } from '../functions/service-function.ts';

/**
 * The bucket for CloudFront's access log, which excludes cookies. The log contains IP addresses, paths and query strings:
 * ids, and whatever people type into the search. It is therefore encrypted with our key and expires with the other logs.
 */
export function dashboardLog(scope: Construct, context: ServiceFunctionContext): IBucket {
  const { configuration, keys, removalPolicy } = context;
  const bucket = new Bucket(scope, 'AccessLog', {
    encryption: BucketEncryption.KMS,
    encryptionKey: keys.operations,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // CloudFront delivers by access control lists only.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [
      {
        expiration: Duration.days(configuration.logRetentionDays),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
    removalPolicy,
  });
  // The policy in CloudFront's documentation, which has no condition. A condition that the deliveries do not meet would
  // stop the log without any error.
  keys.operations.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  const isLog =
    'It is a log itself. CloudTrail data events, if the account enables them, record every reader.';
  Validations.of(bucket).acknowledge(
    { id: 'AwsSolutions-S1', reason: isLog },
    { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: isLog },
    {
      id: 'HIPAA.Security-S3BucketReplicationEnabled',
      reason:
        'It is a log that expires. An account that must keep a second copy has a rule for all its logs.',
    },
  );
  return bucket as IBucket;
}
