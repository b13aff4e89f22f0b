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
import {
  INDEXES,
  type IndexName,
  type ItemKind,
  STREAM_VIEW,
  TIME_TO_LIVE,
} from '../../core/store/table-layout.ts';
import type { TransactionGrants } from '../configuration/keys/prop-types.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import {
  APART,
  type ItemAction,
  isWrite,
  type KindAction,
  type TablePermissions,
  tablePermissions,
  transactionOf,
  withMarks,
} from './table-permissions.ts';

export const keyUseForReading = ['kms:Decrypt', 'kms:DescribeKey'];
export const keyUseForWriting = [
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
  /** The name of a restored table to import instead of creating one (docs/operations/restore.md). */
  readonly existingTable?: string | undefined;
  /** `union` allows each action of a transaction on all kinds of items that the function writes, `each` only on its own kinds. */
  readonly transactionGrants: TransactionGrants;
}

/** The table of orders, transactions and what belongs to them, and its stream. */
export class OrdersTable extends Construct {
  readonly table: Table;
  readonly streamArn: string;
  readonly indexes = Object.keys(INDEXES);
  /** The functions that write several items in one request. */
  readonly transacting: ServiceFunction[] = [];
  private readonly keys: EncryptionKeys;
  private readonly transactionGrants: TransactionGrants;

  constructor(scope: Construct, id: string, props: OrdersTableProps) {
    super(scope, id);
    this.keys = props.keys;
    this.transactionGrants = props.transactionGrants;
    // CloudFormation imports only what has a name, under a logical id that the stack does not have yet. So each restored table
    // has an id of its own. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
    const { existingTable } = props;
    this.table = new Table(this, existingTable === undefined ? 'Table' : `Table ${existingTable}`, {
      ...(existingTable !== undefined && { tableName: existingTable }),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType[STREAM_VIEW],
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.keys.data,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: TIME_TO_LIVE,
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
    for (const [indexName, layout] of Object.entries(INDEXES)) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: layout.partitionKey, type: AttributeType.STRING },
        sortKey: { name: layout.sortKey, type: AttributeType.STRING },
        ...('includes' in layout
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...layout.includes] }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      });
    }
    if (!this.table.tableStreamArn) throw new Error('The table has no stream.');
    this.streamArn = this.table.tableStreamArn;
    Validations.of(this.table).acknowledge({
      id: 'HIPAA.Security-DynamoDBInBackupPlan',
      reason:
        'Point-in-time recovery restores any second of the last 35 days, and of a deleted table AWS keeps a backup for 35 days. The owner of the data decides about longer retention: docs/security.md shows how a backup plan of the account selects the table by its tags.',
    });
  }

  /** Grants what table-permissions.ts lists for this function, and passes the name of the table in the environment. */
  grant(fn: ServiceFunction): void {
    const permissions = tablePermissions[fn.name];
    if (!permissions) throw new Error(`table-permissions.ts does not list the function ${fn.name}.`);
    const { items, lists = [] } = permissions;
    for (const [action, kinds] of kindsByAction(withMarks(items))) this.grantItems(fn, kinds, action);
    const transaction = transactionOf(permissions);
    if (transaction.length > 0) this.transacting.push(fn);
    if (transaction.length > 0 && this.transactionGrants === 'union') this.grantTransactions(fn, transaction);
    if (lists.length > 0) this.grantLists(fn, lists);
    fn.lambda.addEnvironment('TABLE_NAME', this.table.tableName);
  }

  /** One grant for all kinds of an action, because a request that combines kinds has to be allowed by a single grant. */
  private grantItems(fn: ServiceFunction, kinds: readonly ItemKind[], action: ItemAction): void {
    fn.permit({
      actions: [`dynamodb:${action}`],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': kinds.map((kind) => `${kind}#*`) },
      },
    });
    fn.permitKey(this.keys.data, 'dynamodb', isWrite(action) ? keyUseForWriting : keyUseForReading);
  }

  /**
   * AWS does not document whether the leading keys of an action in a transaction are its own or those of all its items. Right
   * in both cases: within a transaction, each action is allowed on every kind of the function. Single requests stay as narrow.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
   */
  private grantTransactions(fn: ServiceFunction, transaction: readonly KindAction[]): void {
    const kinds = new Set(transaction.map(({ kind }) => kind));
    fn.permit({
      actions: [...new Set(transaction.map(({ action }) => `dynamodb:${action}`))],
      resources: [this.table.tableArn],
      conditions: {
        'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...kinds].map((kind) => `${kind}#*`) },
      },
    });
  }

  /** Two grants that no single grant covers, so that a transaction of both shows which keys IAM looks at. */
  grantApart(fn: ServiceFunction): void {
    for (const [action, key] of Object.entries(APART)) {
      fn.permit({
        actions: [`dynamodb:${action}`],
        resources: [this.table.tableArn],
        conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [key] } },
      });
    }
  }

  /** A scan cannot be limited to kinds of items, but to attributes: it returns keys only. */
  grantKeyScan(fn: ServiceFunction): void {
    fn.permit({
      actions: ['dynamodb:Scan'],
      resources: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    });
  }

  private grantLists(fn: ServiceFunction, names: readonly IndexName[]): void {
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

function kindsByAction(items: TablePermissions['items']): Map<ItemAction, ItemKind[]> {
  const kinds = new Map<ItemAction, ItemKind[]>();
  for (const [kind, actions] of Object.entries(items) as [ItemKind, readonly ItemAction[]][]) {
    for (const action of actions) kinds.set(action, [...(kinds.get(action) ?? []), kind]);
  }
  return kinds;
}
