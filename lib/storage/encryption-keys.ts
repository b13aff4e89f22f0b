import { ArnFormat, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface EncryptionKeysProps {
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Two keys, because two kinds of readers exist: `data` is for what the functions themselves read and write,
 * `operations` is for what AWS services write on our behalf and people read. Neither opens the other.
 */
export class EncryptionKeys extends Construct {
  /** The table, the secrets and the records that could not be processed. */
  readonly data: Key;
  /** Logs, the operators' topic and the event bus. */
  readonly operations: Key;

  constructor(scope: Construct, id: string, { removalPolicy }: EncryptionKeysProps) {
    super(scope, id);
    this.data = new Key(this, 'Data', {
      description: 'redraw-tracker: table, secrets, failed records',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.operations = new Key(this, 'Operations', {
      description: 'redraw-tracker: logs, operator notifications, events',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.letLogsUse(this.operations);
    this.letAlarmsPublishWith(this.operations);
  }

  private letLogsUse(key: Key): void {
    const stack = Stack.of(this);
    const logGroups = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
      }),
    );
  }

  private letAlarmsPublishWith(key: Key): void {
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
