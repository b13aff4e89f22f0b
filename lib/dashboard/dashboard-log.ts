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
 * Where CloudFront writes down who asked for what, cookies left out. It names addresses of people, and what is in paths
 * and query strings: ids, and whatever somebody typed into the search. So it is encrypted with our key and goes as the
 * other logs do.
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
  // As CloudFront's documentation has it. It names no condition that its deliveries would fulfil, such as the account they
  // are for; under one they do not, there would be no log, and nothing that says so.
  keys.operations.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  );
  const logOfLog =
    'It is itself a log. Data events of CloudTrail, where the account has them, name every reader.';
  Validations.of(bucket).acknowledge(
    { id: 'AwsSolutions-S1', reason: logOfLog },
    { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: logOfLog },
    {
      id: 'HIPAA.Security-S3BucketReplicationEnabled',
      reason: 'A log that expires; an account that must keep a second copy has a rule for all its logs.',
    },
  );
  return bucket as IBucket;
}
