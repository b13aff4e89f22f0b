import { describe, expect, it } from 'vitest';
import { isOnTransactions, serviceNames, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const AUDIT_TRAIL = ['logs:PutLogEvents'];
const ONE_SECRET = ['kms:Decrypt', 'secretsmanager:GetSecretValue'];
const KEY_FOR_READING = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_FOR_WRITING = [
  ...KEY_FOR_READING,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
const STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (action) => `dynamodb:${action}`,
);
/** Lambda itself keeps failed batches with the role of the function. */
const FAILED_BATCHES = ['s3:ListBucket', 's3:PutObject', 'kms:GenerateDataKey'];

interface Grants {
  /** The kinds of items that an action of DynamoDB is allowed on. */
  readonly items: Readonly<Record<string, readonly string[]>>;
  /** The actions without a condition on the kind of item. */
  readonly others: readonly string[];
  /** The indexes of the table that it may query. */
  readonly indexes?: readonly string[];
}

/** What each function may do. Nothing that joins facts can delete or replace an order. */
const GRANTS: Readonly<Record<string, Grants>> = {
  /** Joins facts into orders, and quarantines. */
  webhook: {
    items: { UpdateItem: ['MARK', 'MATCH_REVIEW', 'NOTICE', 'ORDER'] },
    others: [...LOG, ...ONE_SECRET, ...KEY_FOR_WRITING, 'dynamodb:PutItem'],
  },
  /** Writes transactions, and claims orders for them. */
  recompute: {
    items: {
      GetItem: ['TX'],
      UpdateItem: ['HEARTBEAT', 'ORDER'],
      PutItem: ['TX'],
      ConditionCheckItem: ['TX'],
    },
    others: [...LOG, ...KEY_FOR_WRITING, ...STREAM, ...FAILED_BATCHES],
  },
  /** Reads the stream, writes to the bus, and counts. */
  publish: {
    items: { GetItem: ['MARK'], UpdateItem: ['COUNTERS', 'INSIGHTS'] },
    others: [...LOG, ...KEY_FOR_WRITING, ...STREAM, ...FAILED_BATCHES, 'events:PutEvents'],
  },
  /** Reads, registers orders and acknowledges redraws. */
  query: {
    items: {
      GetItem: ['COUNTERS', 'HEARTBEAT', 'MATCH_REVIEW', 'NOTE', 'NOTICE', 'ORDER', 'TX'],
      BatchGetItem: ['MATCH_REVIEW', 'ORDER', 'TX'],
      Query: ['INSIGHTS', 'NOTE', 'ORDER', 'TX'],
      UpdateItem: ['ORDER'],
      PutItem: ['NOTE', 'TX'],
    },
    others: [...LOG, ...AUDIT_TRAIL, ...ONE_SECRET, ...KEY_FOR_WRITING, 'dynamodb:Query'],
    indexes: ['by_client_user', 'by_results', 'by_status', 'by_user', 'open_redraws'],
  },
  /** Lists and reads quarantined webhooks, and writes what a webhook writes. */
  quarantine: {
    items: {
      UpdateItem: ['MARK', 'MATCH_REVIEW', 'ORDER'],
    },
    others: [
      ...LOG,
      ...AUDIT_TRAIL,
      ...ONE_SECRET,
      ...KEY_FOR_WRITING,
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:Query',
    ],
    indexes: ['quarantine by_status'],
  },
  /** Reads a transaction and the one key for Junction, and writes nothing. */
  results: {
    items: { GetItem: ['ORDER', 'TX'] },
    others: [...LOG, ...AUDIT_TRAIL, ...ONE_SECRET, ...KEY_FOR_READING],
  },
  /** Joins Junction's answers into orders and transactions, discards what Junction does not know, and lists nothing. */
  reconcile: {
    items: {
      GetItem: ['MATCH_REVIEW', 'ORDER', 'TX'],
      UpdateItem: ['MATCH_REVIEW', 'ORDER'],
      PutItem: ['NOTE', 'TX'],
      ConditionCheckItem: ['TX'],
    },
    others: [...LOG, ...AUDIT_TRAIL, ...ONE_SECRET, ...KEY_FOR_WRITING],
  },
  history: { items: {}, others: [...LOG, 'cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'] },
  people: { items: {}, others: [...LOG, 'cognito-idp:ListUsersInGroup'] },
  /** Reads what is due, and joins Junction's answers into orders and transactions. */
  sweep: {
    items: {
      GetItem: ['MARK', 'NOTICE', 'ORDER', 'TX'],
      BatchGetItem: ['MATCH_REVIEW', 'ORDER', 'TX'],
      UpdateItem: ['MATCH_REVIEW', 'NOTICE', 'ORDER'],
      PutItem: ['MARK', 'TX'],
      ConditionCheckItem: ['TX'],
    },
    others: [
      ...LOG,
      ...ONE_SECRET,
      ...KEY_FOR_WRITING,
      'dynamodb:Query',
      'sqs:SendMessage',
      // The digest of history.
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'sns:Publish',
    ],
    indexes: ['by_status', 'checks', 'open_redraws'],
  },
  /** Does what recompute and publish do, handles failed batches, and counts the quarantine by its keys, critical results and subscriptions. */
  redrive: {
    items: {
      BatchGetItem: ['ORDER'],
      GetItem: ['MARK', 'ORDER', 'TX'],
      UpdateItem: ['ORDER'],
      PutItem: ['MARK', 'TX'],
      ConditionCheckItem: ['TX'],
    },
    others: [
      ...LOG,
      ...KEY_FOR_WRITING,
      's3:ListBucket',
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'events:PutEvents',
      'sns:GetTopicAttributes',
      'sqs:SendMessage',
      'dynamodb:Query',
    ],
    indexes: ['by_status', 'quarantine by_status'],
  },
  /** Lists open redraws, reads transactions, and writes to the bus and to the operators. */
  review: {
    items: { BatchGetItem: ['MATCH_REVIEW', 'ORDER', 'TX'], GetItem: ['TX'] },
    others: [
      ...LOG,
      ...KEY_FOR_READING,
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'events:PutEvents',
      'sns:Publish',
      'sqs:SendMessage',
      'dynamodb:Query',
    ],
    indexes: ['by_status', 'open_redraws'],
  },
  /** Mails operators, and reads nothing. */
  'operator-mails': {
    items: {},
    others: [...LOG, 'kms:Decrypt', 'kms:GenerateDataKey', 'sns:Publish', 'sqs:SendMessage'],
  },
  /** Joins what Junction lists into orders, and remembers how far it came. */
  import: {
    items: { GetItem: ['MARK', 'ORDER'], UpdateItem: ['ORDER'], PutItem: ['MARK'] },
    others: [...LOG, ...ONE_SECRET, ...KEY_FOR_WRITING],
  },
  /** Scans keys, counts transactions, and rebuilds transactions from their orders. It reads no secret and publishes nothing. */
  rebuild: {
    items: {
      GetItem: ['COUNTERS', 'MARK', 'ORDER', 'TX'],
      BatchGetItem: ['MATCH_REVIEW', 'MESSAGE', 'NOTE', 'PATIENT', 'TX'],
      Query: ['INSIGHTS', 'MESSAGE', 'NOTE'],
      UpdateItem: ['COUNTERS', 'INSIGHTS', 'ORDER'],
      PutItem: ['MARK', 'TX'],
      ConditionCheckItem: ['TX'],
    },
    // Puts and updates an item of a probe each, whose key no other item has.
    others: [
      ...LOG,
      ...KEY_FOR_WRITING,
      'dynamodb:Scan',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'sqs:SendMessage',
    ],
  },
  'sign-in': { items: {}, others: LOG },
};

describe('each function is allowed to do this and no more', () => {
  it('and all functions are here', () => {
    expect(Object.keys(GRANTS).sort()).toEqual(serviceNames(stack).sort());
  });

  it.each(Object.entries(GRANTS))('%s', (name, { items, others, indexes = [] }) => {
    expect(itemsOf(name)).toEqual(items);
    expect(othersOf(name)).toEqual([...others].sort());
    expect(indexesOf(name)).toEqual(indexes);
  });

  it('within a transaction, each action is allowed on all kinds that the function writes, unless configured', () => {
    const sending = Object.keys(GRANTS).filter((name) => stack.statementsOf(name).some(isOnTransactions));
    expect(sending).toEqual(['recompute', 'query', 'reconcile', 'sweep', 'redrive', 'rebuild']);
    const [statement] = stack.statementsOf('recompute').filter(isOnTransactions);
    expect(statement.Action.sort()).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
    expect(statement.Condition).toEqual({
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': expect.arrayContaining(['TX#*', 'ORDER#*']),
      },
    });
    const narrow = synthesize({ transactionGrants: 'each' });
    expect(sending.filter((name) => narrow.statementsOf(name).some(isOnTransactions))).toEqual([]);
  });

  it('names the functions that a verification asks about their transactions', () => {
    const listed = JSON.stringify(stack.template.toJSON().Outputs.TransactionFunctions.Value);
    expect(listed.match(/[\w-]+(?==)/g)?.sort()).toEqual([
      'query',
      'rebuild',
      'recompute',
      'reconcile',
      'redrive',
      'sweep',
    ]);
  });

  it('only rebuild has two grants that no single grant covers, on items that never exist', () => {
    const apart = Object.keys(GRANTS).flatMap((name) =>
      stack
        .statementsOf(name)
        .map(({ Condition }) => Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys'])
        .filter((keys) => keys !== undefined)
        .map((keys) => [name, keys]),
    );
    expect(apart).toEqual([
      ['rebuild', ['PROBE#put']],
      ['rebuild', ['PROBE#update']],
    ]);
  });

  it('rebuild scans nothing but keys', () => {
    const scan = statementsFor('rebuild', 'dynamodb:Scan');
    expect(scan.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    ]);
  });

  it('publish writes to the one bus, and redrive handles what Lambda kept of failed batches', () => {
    const [told] = statementsFor('publish', 'events:PutEvents');
    expect(told.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^EventsBus/), 'Arn'] });
    const [objects] = statementsFor('redrive', 's3:DeleteObject');
    expect(JSON.stringify(objects.Resource)).toMatch(/FailedRecords.*\/aws\/lambda\/\*/);
  });

  it('a schedule lets rebuild count, and otherwise only a person invokes it', () => {
    const { id } = stack.functionNamed('rebuild');
    const callers = ['AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Permission', 'AWS::Events::Rule'];
    for (const type of callers) {
      expect(stack.ofType(type)).not.toEqual({});
      expect(JSON.stringify(stack.ofType(type))).not.toContain(id);
    }
    const schedules = Object.values(stack.ofType('AWS::Scheduler::Schedule'));
    const ofRebuild = schedules.filter(({ Properties }) =>
      JSON.stringify(Properties.Target.Arn).includes(id),
    );
    expect(ofRebuild.map(({ Properties }) => JSON.parse(Properties.Target.Input))).toMatchObject([
      { counters_only: true },
    ]);
  });
});

function statementsFor(name: string, action: string) {
  return stack.statementsOf(name).filter(({ Action }) => [Action].flat().includes(action));
}

function itemsOf(name: string): Record<string, string[]> {
  const granted: Record<string, Set<string>> = {};
  for (const { Action, Condition } of stack.statementsOf(name).filter((one) => !isOnTransactions(one))) {
    const keys: string[] = [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat();
    for (const action of keys.length > 0 ? [Action].flat() : []) {
      const kinds = keys.map((key) => key.replace(/#\*$/, ''));
      const of = action.replace('dynamodb:', '');
      granted[of] = new Set([...(granted[of] ?? []), ...kinds]);
    }
  }
  return Object.fromEntries(Object.entries(granted).map(([action, kinds]) => [action, [...kinds].sort()]));
}

function othersOf(name: string): string[] {
  return stack
    .statementsOf(name)
    .filter(({ Condition }) => !Condition?.['ForAllValues:StringLike'])
    .flatMap(({ Action }) => Action)
    .sort();
}

function indexesOf(name: string): string[] {
  return statementsFor(name, 'dynamodb:Query')
    .flatMap(({ Resource }) => [Resource].flat().map((one) => JSON.stringify(one)))
    .flatMap((text) => {
      const names: string[] = text.match(/(?<=\/index\/)\w+/g) ?? [];
      return text.includes('QuarantinedWebhooks') ? names.map((index) => `quarantine ${index}`) : names;
    })
    .sort();
}
