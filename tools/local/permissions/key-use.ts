import * as z from 'zod';
import { REGION } from '../template/intrinsics.ts';
import { attributeOf, refOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import type { AccessRequest } from './policies.ts';

const reading = ['Decrypt', 'DescribeKey'];
const writing = [...reading, 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'];

/**
 * The actions of a service on the key of a resource, with the permissions of the caller:
 *
 * - DynamoDB: the actions in the CDK's own grants. AWS lists the same for a table's key.
 *   https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * - S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * - SNS: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * - Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:GetItem': reading,
  'dynamodb:BatchGetItem': reading,
  'dynamodb:Query': reading,
  'dynamodb:Scan': reading,
  'dynamodb:GetRecords': reading,
  'dynamodb:ConditionCheckItem': reading,
  'dynamodb:PutItem': writing,
  'dynamodb:UpdateItem': writing,
  'dynamodb:DeleteItem': writing,
  's3:GetObject': ['Decrypt'],
  's3:PutObject': ['GenerateDataKey'],
  'sns:Publish': ['Decrypt', 'GenerateDataKey'],
  'secretsmanager:GetSecretValue': ['Decrypt'],
};

const byAlgorithm = z.object({ KMSMasterKeyID: z.string().optional() });
const bucketSchema = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(z.object({ ServerSideEncryptionByDefault: byAlgorithm })),
    })
    .optional(),
});
const tableSchema = z.object({
  SSESpecification: z.object({ KMSMasterKeyId: z.string().optional() }).optional(),
});
const topicSchema = z.object({ KmsMasterKeyId: z.string().optional() });
const secretSchema = z.object({ KmsKeyId: z.string().optional() });

type KeyOf = (id: string) => readonly [resourceArn: string | undefined, key: string | undefined];

/** The template's keys, by the ARN of the resource they encrypt. */
export function readKeys(template: Template): Map<string, string> {
  const name = template.nameOf;
  const keys: Record<string, KeyOf> = {
    'AWS::DynamoDB::Table': (id) => [
      attributeOf('AWS::DynamoDB::Table', name(id), 'Arn'),
      template.read(id, tableSchema).SSESpecification?.KMSMasterKeyId,
    ],
    'AWS::S3::Bucket': (id) => [
      attributeOf('AWS::S3::Bucket', name(id), 'Arn'),
      template.read(id, bucketSchema).BucketEncryption?.ServerSideEncryptionConfiguration[0]
        ?.ServerSideEncryptionByDefault.KMSMasterKeyID,
    ],
    'AWS::SNS::Topic': (id) => [
      refOf('AWS::SNS::Topic', name(id)),
      template.read(id, topicSchema).KmsMasterKeyId,
    ],
    'AWS::SecretsManager::Secret': (id) => [
      refOf('AWS::SecretsManager::Secret', name(id)),
      template.read(id, secretSchema).KmsKeyId,
    ],
  };
  const found = Object.entries(keys).flatMap(([type, keyOf]) => template.resources(type).map(keyOf));
  return new Map(
    found.filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined),
  );
}

/** The use of keys that a request causes. */
export function keyUse(
  keys: ReadonlyMap<string, string>,
  { action, resource }: AccessRequest,
): AccessRequest[] {
  // An object belongs to a bucket; an index and a stream to a table.
  const key =
    keys.get(resource) ?? keys.get(resource.replace(/^(arn:aws:s3:::[^/]+|.*:table\/[^/]+)\/.*$/, '$1'));
  if (key === undefined) return [];
  const [service] = action.split(':');
  const context = { 'kms:ViaService': [`${service}.${REGION}.amazonaws.com`] };
  return (keyActions[action] ?? []).map((use) => ({ action: `kms:${use}`, resource: key, context }));
}
