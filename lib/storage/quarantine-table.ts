import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { INDEXES, TIME_TO_LIVE } from '../../core/store/table-layout.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import { keyUseForReading, keyUseForWriting } from './orders-table.ts';
import { QUARANTINE_RECOVERY_DAYS } from './retention.ts';
import { type ItemAction, isWrite } from './table-permissions.ts';

export interface QuarantineTableProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
}

/** The index that lists the webhooks by their state. */
const INDEX = 'by_status' satisfies keyof typeof INDEXES;

/**
 * The table of signed webhooks that could not be read or stored. Their bodies are patient data, so they are in a table of
 * their own, without a stream.
 */
export class QuarantineTable extends Construct {
  readonly table: Table;
  /** The names of its indexes. */
  readonly indexes = [INDEX] as const;
  private readonly keys: EncryptionKeys;

  constructor(scope: Construct, id: string, props: QuarantineTableProps) {
    super(scope, id);
    this.keys = props.keys;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.keys.data,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: QUARANTINE_RECOVERY_DAYS,
      },
      timeToLiveAttribute: TIME_TO_LIVE,
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
    const { partitionKey, sortKey } = INDEXES[INDEX];
    this.table.addGlobalSecondaryIndex({
      indexName: INDEX,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    Validations.of(this.table).acknowledge({
      id: 'HIPAA.Security-DynamoDBInBackupPlan',
      reason: `A backup would keep the bodies of webhooks, which are patient data, after they expire. Point-in-time recovery restores them for ${QUARANTINE_RECOVERY_DAYS} days, and Junction can deliver a webhook again.`,
    });
  }

  /** Grants these actions on all items, apart from what the function may do in the other table. */
  grant(fn: ServiceFunction, actions: readonly ItemAction[]): void {
    fn.permitApart('QuarantinePermissions', {
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [this.table.tableArn],
    });
    fn.permitKey(this.keys.data, 'dynamodb', actions.some(isWrite) ? keyUseForWriting : keyUseForReading);
    this.name(fn);
  }

  /** Grants listing and counting keys, without the bodies. */
  grantList(fn: ServiceFunction): void {
    fn.permit({ actions: ['dynamodb:Query'], resources: [`${this.table.tableArn}/index/${INDEX}`] });
    fn.permitKey(this.keys.data, 'dynamodb', keyUseForReading);
    this.name(fn);
  }

  private name(fn: ServiceFunction): void {
    fn.lambda.addEnvironment('QUARANTINE_TABLE_NAME', this.table.tableName);
  }
}
