import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { acknowledgeWildcard } from '../functions/wildcard-findings.ts';
import { CLOSED, RECORDS } from './athena-queries.ts';
import { FOLDERS } from './export-bucket.ts';

export interface ReaderPolicyProps {
  readonly context: ServiceFunctionContext;
  readonly bucket: Bucket;
  readonly databaseName: string;
  readonly workgroupName: string;
}

/**
 * The permissions for querying in Athena, and no more. The deployer attaches it to a role or group.
 * https://docs.aws.amazon.com/athena/latest/ug/workgroups-access.html
 * https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 * https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
 */
export class ReaderPolicy extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ReaderPolicyProps) {
    super(scope, id);
    const { bucket } = props;
    const folders = [FOLDERS.records, FOLDERS.results].map((folder) => bucket.arnForObjects(`${folder}/*`));
    const policy = new ManagedPolicy(this, 'Policy', {
      description: 'Lets people query the insights export of redraw-tracker in Athena',
      statements: [...this.askingStatements(props), ...this.fileStatements(props, folders)],
    });
    for (const folder of folders) {
      acknowledgeWildcard(
        policy,
        folder,
        'Firehose and Athena choose the names of the files below this folder.',
      );
    }
    this.arn = policy.managedPolicyArn;
  }

  private askingStatements({ databaseName, workgroupName }: ReaderPolicyProps): PolicyStatement[] {
    const stack = Stack.of(this);
    const glue = (resource: string, resourceName?: string) =>
      stack.formatArn({ service: 'glue', resource, ...(resourceName && { resourceName }) });
    return [
      new PolicyStatement({
        actions: [
          'athena:BatchGetNamedQuery',
          'athena:GetNamedQuery',
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
          'athena:GetWorkGroup',
          'athena:ListNamedQueries',
          'athena:ListQueryExecutions',
          'athena:StartQueryExecution',
          'athena:StopQueryExecution',
        ],
        resources: [
          stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workgroupName }),
        ],
      }),
      new PolicyStatement({
        actions: ['glue:GetDatabase', 'glue:GetTable', 'glue:GetTables'],
        resources: [
          glue('catalog'),
          glue('database', databaseName),
          ...[RECORDS, CLOSED].map((table) => glue('table', `${databaseName}/${table}`)),
        ],
      }),
    ];
  }

  private fileStatements({ context, bucket }: ReaderPolicyProps, folders: string[]): PolicyStatement[] {
    const [, results = ''] = folders;
    return [
      new PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [bucket.bucketArn],
      }),
      new PolicyStatement({ actions: ['s3:GetObject'], resources: folders }),
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
        resources: [results],
      }),
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [context.keys.operations.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
      }),
    ];
  }
}
