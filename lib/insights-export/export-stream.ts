import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup, LogStream, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { acknowledgeWildcard } from '../functions/wildcard-findings.ts';
import { DELIVERED_ON } from './athena-queries.ts';
import { FOLDERS } from './export-bucket.ts';
import type { ExportCatalog } from './export-catalog.ts';

export interface ExportStreamProps {
  readonly context: ServiceFunctionContext;
  readonly bucket: Bucket;
  readonly catalog: ExportCatalog;
}

/** The longest buffering that Firehose allows: a file every 15 minutes, or per 128 MB. */
const bufferingHints = { intervalInSeconds: 900, sizeInMBs: 128 };

/**
 * Firehose: collects records and writes them as Parquet, by the columns of the catalog's table. A record that does not fit them
 * is kept in the folder of failed ones.
 */
export class ExportStream extends Construct {
  readonly stream: CfnDeliveryStream;
  /** The role that the rule of the bus sends with. */
  readonly senderRole: Role;
  private readonly props: ExportStreamProps;

  constructor(scope: Construct, id: string, props: ExportStreamProps) {
    super(scope, id);
    this.props = props;
    const { context, bucket, catalog } = props;
    const { keys } = context;
    const log = this.errorLog();
    const role = this.roleOf('firehose.amazonaws.com', 'Lets Firehose write the export of redraw-tracker');
    const policy = this.writerPolicy(role, log);
    this.stream = new CfnDeliveryStream(this, 'Stream', {
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: {
        keyType: 'CUSTOMER_MANAGED_CMK',
        keyArn: keys.operations.keyArn,
      },
      extendedS3DestinationConfiguration: {
        bucketArn: bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${FOLDERS.records}/${DELIVERED_ON}=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${FOLDERS.failed}/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/`,
        bufferingHints,
        // Parquet is compressed already.
        compressionFormat: 'UNCOMPRESSED',
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: keys.operations.keyArn } },
        cloudWatchLoggingOptions: {
          enabled: true,
          logGroupName: log.logGroupName,
          logStreamName: log.logStreamName,
        },
        dataFormatConversionConfiguration: {
          enabled: true,
          inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
          outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
          schemaConfiguration: {
            roleArn: role.roleArn,
            catalogId: Stack.of(this).account,
            region: Stack.of(this).region,
            databaseName: catalog.databaseName,
            tableName: catalog.table.ref,
            versionId: 'LATEST',
          },
        },
      },
    });
    // Firehose reads the table by its role when it is created.
    this.stream.node.addDependency(policy);
    this.senderRole = this.newSenderRole();
  }

  /** The log of Firehose's delivery errors. It does not contain the records. */
  private errorLog(): { readonly logGroupName: string; readonly logStreamName: string } {
    const { configuration, keys, removalPolicy } = this.props.context;
    const logGroup = new LogGroup(this, 'Log', {
      encryptionKey: keys.operations,
      retention: configuration.logRetentionDays as RetentionDays,
      removalPolicy,
    });
    const { logStreamName } = new LogStream(this, 'LogStream', { logGroup, removalPolicy });
    return { logGroupName: logGroup.logGroupName, logStreamName };
  }

  private roleOf(service: string, description: string): Role {
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    const id = service.startsWith('firehose') ? 'Writer' : 'Sender';
    return new Role(this, id, { assumedBy: new ServicePrincipal(service, { conditions }), description });
  }

  /** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3 and #using-iam-glue */
  private writerPolicy(role: Role, log: { logGroupName: string; logStreamName: string }): ManagedPolicy {
    const { context, bucket, catalog } = this.props;
    const stack = Stack.of(this);
    const glue = (resource: string, resourceName?: string) =>
      stack.formatArn({ service: 'glue', resource, ...(resourceName && { resourceName }) });
    const objects = [FOLDERS.records, FOLDERS.failed].map((folder) => bucket.arnForObjects(`${folder}/*`));
    const ownBucket = { StringEquals: { 's3:ResourceAccount': stack.account } };
    const policy = new ManagedPolicy(this, 'WriterPolicy', {
      description: 'Permissions of the export of redraw-tracker',
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
          resources: [bucket.bucketArn],
          conditions: ownBucket,
        }),
        new PolicyStatement({
          actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
          resources: objects,
          conditions: ownBucket,
        }),
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [context.keys.operations.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `s3.${stack.region}.amazonaws.com` } },
        }),
        new PolicyStatement({
          actions: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
          resources: [
            glue('catalog'),
            glue('database', catalog.databaseName),
            glue('table', `${catalog.databaseName}/${catalog.table.ref}`),
          ],
        }),
        new PolicyStatement({
          actions: ['logs:PutLogEvents'],
          resources: [
            stack.formatArn({
              service: 'logs',
              resource: `log-group:${log.logGroupName}:log-stream:${log.logStreamName}`,
              arnFormat: ArnFormat.NO_RESOURCE_NAME,
            }),
          ],
        }),
      ],
    });
    for (const object of objects) {
      acknowledgeWildcard(policy, object, 'Firehose chooses the names of the files below this folder.');
    }
    return policy;
  }

  private newSenderRole(): Role {
    const role = this.roleOf(
      'events.amazonaws.com',
      'Lets the rule of redraw-tracker send records to its export',
    );
    new ManagedPolicy(this, 'SenderPolicy', {
      description: 'Permissions of the rule that feeds the export of redraw-tracker',
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
          resources: [this.stream.attrArn],
        }),
      ],
    });
    return role;
  }
}
