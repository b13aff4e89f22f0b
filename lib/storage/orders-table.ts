import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { INDEXES, type IndexName, type ItemKind } from '../../core/store/table-layout.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { EncryptionKeys } from './encryption-keys.ts';

const readActions = ['GetItem', 'BatchGetItem', 'ConditionCheckItem'] as const;
const writeActions = ['PutItem', 'UpdateItem', 'DeleteItem'] as const;

export type ItemAction = (typeof readActions)[number] | (typeof writeActions)[number];

const keyUseForReading = ['kms:Decrypt', 'kms:DescribeKey'];
const keyUseForWriting = [
  ...keyUseForReading,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

export interface OrdersTableProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
  /** The name of a restored table to import instead of creating one (docs/restore.md). */
  readonly existingTable?: string | undefined;
}

/** The single table, which holds orders, transactions and quarantined webhooks, and its stream. */
export class OrdersTable extends Construct {
  readonly table: Table;
  readonly streamArn: string;
  private readonly keys: EncryptionKeys;

  constructor(scope: Construct, id: string, props: OrdersTableProps) {
    super(scope, id);
    this.keys = props.keys;
    // CloudFormation imports only what has a name, under a logical id that the stack does not have yet. So each restored table
    // has an id of its own. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
    const { existingTable } = props;
    this.table = new Table(this, existingTable === undefined ? 'Table' : `Table ${existingTable}`, {
      ...(existingTable !== undefined && { tableName: existingTable }),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.keys.data,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expires_at',
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
    for (const [indexName, key] of Object.entries(INDEXES)) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: key.partitionKey, type: AttributeType.STRING },
        sortKey: { name: key.sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    if (!this.table.tableStreamArn) throw new Error('The table has no stream.');
    this.streamArn = this.table.tableStreamArn;
    Validations.of(this.table).acknowledge({
      id: 'HIPAA.Security-DynamoDBInBackupPlan',
      reason:
        'Point-in-time recovery restores any second of the last 35 days, and outlasts a deletion of the table by 35 days. Longer retention belongs into a backup plan of the account, which the owner of the data decides about: docs/security.md shows one that selects the table by its tags.',
    });
  }

  /**
   * Grants exactly these actions on exactly these kinds of items, and passes the name of the table in the environment.
   * A request may combine kinds of the same grant, but not of two grants.
   */
  grantItems(fn: ServiceFunction, kinds: readonly ItemKind[], actions: readonly ItemAction[]): void {
    fn.permit({
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => `${kind}#*`) },
      },
    });
    fn.permitKey(this.keys.data, 'dynamodb', actions.some(isWrite) ? keyUseForWriting : keyUseForReading);
    fn.lambda.addEnvironment('TABLE_NAME', this.table.tableName);
  }

  /**
   * Grants writing transactions, in one request with condition checks on others and with the counters, and updating
   * orders. Does not grant deleting or replacing an order.
   */
  grantTransactionWrites(fn: ServiceFunction): void {
    this.grantItems(fn, ['TX'], ['PutItem', 'ConditionCheckItem']);
    this.grantItems(fn, ['ORDER', 'COUNTERS'], ['UpdateItem']);
  }

  /** Grants listing ids from these indexes. Reading the items needs `grantItems` as well. */
  grantLists(fn: ServiceFunction, names: readonly IndexName[]): void {
    fn.permit({
      actions: ['dynamodb:Query'],
      resources: names.map((name) => `${this.table.tableArn}/index/${name}`),
    });
  }

  /** Grants reading the stream, whose records are encrypted with the key of the table. */
  grantStream(fn: ServiceFunction): void {
    fn.permitKey(this.keys.data, 'dynamodb', keyUseForReading);
    fn.permit({
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [this.streamArn],
    });
  }
}

function isWrite(action: ItemAction): boolean {
  return (writeActions as readonly string[]).includes(action);
}
