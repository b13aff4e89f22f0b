import { ArnFormat, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface EncryptionKeysProps {
  /** The deployer's key for `data`, instead of a new one. */
  readonly data?: IKey | undefined;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A key per audience: `data` for what the functions read and write, `operations` for what AWS services write on
 * our behalf and people read, `audit` for the audit trail, which only auditors read. Access to one key gives no access to
 * the others.
 */
export class EncryptionKeys extends Construct {
  /** Encrypts the table, the secrets and the failed records. */
  readonly data: IKey;
  /** Encrypts logs, the operators' topic and the event bus. */
  readonly operations: Key;
  /** Encrypts the audit trail. */
  readonly audit: Key;

  constructor(scope: Construct, id: string, { data, removalPolicy }: EncryptionKeysProps) {
    super(scope, id);
    this.data =
      data ??
      new Key(this, 'Data', {
        description: 'redraw-tracker: table, secrets, failed records',
        enableKeyRotation: true,
        removalPolicy,
      });
    this.operations = new Key(this, 'Operations', {
      description: 'redraw-tracker: logs, operator notifications, events',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.audit = new Key(this, 'Audit', {
      description: 'redraw-tracker: audit trail',
      enableKeyRotation: true,
      removalPolicy,
    });
    allowLogs(this.operations);
    allowLogs(this.audit);
    allowAlarms(this.operations);
  }
}

/** Lets CloudWatch's alarms of the account publish to topics that the key encrypts. */
export function allowAlarms(key: Key): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(key).account } },
    }),
  );
}

/** Lets CloudWatch Logs encrypt the log groups of the key's region with the key. */
export function allowLogs(key: Key): void {
  const stack = Stack.of(key);
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
