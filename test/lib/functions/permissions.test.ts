import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const { template } = stack;
const functions: string[] = Object.values(stack.ofType('AWS::Lambda::Function')).flatMap(
  ({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME ?? [],
);

/** Action → the kinds of items that `dynamodb:LeadingKeys` allows it on. */
function itemActions(functionName: string): Record<string, string[]> {
  const granted: Record<string, Set<string>> = {};
  for (const { Action, Condition } of stack.statementsOf(functionName)) {
    const keys: string[] = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [];
    for (const action of keys.length > 0 ? [Action].flat() : []) {
      granted[action] = new Set([...(granted[action] ?? []), ...[keys].flat()]);
    }
  }
  return Object.fromEntries(Object.entries(granted).map(([action, keys]) => [action, [...keys].sort()]));
}

function otherActions(functionName: string): string[] {
  return stack
    .statementsOf(functionName)
    .filter(({ Condition }) => !Condition?.['ForAllValues:StringLike'])
    .flatMap(({ Action }) => Action)
    .sort();
}

/** The indexes that a function may query. */
function indexes(functionName: string): string[] {
  return stack
    .statementsOf(functionName)
    .filter(({ Action }) => Action === 'dynamodb:Query')
    .flatMap(({ Resource }) => JSON.stringify(Resource).match(/(?<=\/index\/)\w+/g) ?? [])
    .sort();
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** Every statement of every policy of a role, whether a function has the role or not. */
function allStatements(): Statement[] {
  const documents = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'].flatMap((type) =>
    Object.values(stack.ofType(type)).map(({ Properties }) => Properties.PolicyDocument),
  );
  const inline = Object.values(stack.ofType('AWS::IAM::Role')).flatMap(({ Properties }) =>
    (Properties.Policies ?? []).map((policy: { PolicyDocument: unknown }) => policy.PolicyDocument),
  );
  return [...documents, ...inline].flatMap((document) => document.Statement);
}

/** As in IAM, `*` matches any text. */
function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(text);
}

/** Whether a statement allows the action on some item of this kind. Without a condition, it does on all items. */
function allowsOn(kind: string, action: string, { Effect, Action, Condition }: Statement): boolean {
  const actions = Action === undefined ? ['*'] : [Action].flat();
  if (Effect !== 'Allow' || !actions.some((pattern) => matches(pattern, action))) return false;
  const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return keys === undefined || [keys].flat().some((pattern) => matches(pattern, `${kind}#id`));
}

describe('no policy allows', () => {
  const statements = allStatements();
  const allowed = (kind: string, ...actions: string[]) =>
    actions.filter((action) =>
      statements.some((statement) => allowsOn(kind, `dynamodb:${action}`, statement)),
    );

  it('deleting or replacing an order', () => {
    expect(statements.length).toBeGreaterThan(20);
    expect(allowed('TX', 'PutItem', 'DeleteItem')).toEqual(['PutItem', 'DeleteItem']);
    expect(allowed('ORDER', 'UpdateItem')).toEqual(['UpdateItem']);
    expect(allowed('ORDER', 'PutItem', 'DeleteItem')).toEqual([]);
  });

  it('requests that the condition on item kinds does not cover, or that change the table itself', () => {
    const whole = ['DeleteTable', 'UpdateTable', 'RestoreTableToPointInTime', 'UpdateTimeToLive'];
    const others = ['BatchWriteItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLSelect'];
    expect(allowed('ORDER', ...whole, ...others)).toEqual([]);
  });

  it('reading or removing quarantined bodies, except in the function that replays them', () => {
    const reading = ['GetItem', 'BatchGetItem', 'Query', 'DeleteItem'].map((action) => `dynamodb:${action}`);
    const readers = functions.filter((name) =>
      stack
        .statementsOf(name)
        // An index holds keys only.
        .filter(({ Resource }) => !JSON.stringify(Resource).includes('/index/'))
        .some((statement) => reading.some((action) => allowsOn('QUARANTINE', action, statement))),
    );
    expect(readers).toEqual(['quarantine']);
  });
});

describe('each function is allowed to do only this', () => {
  const log = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  const stream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
    (action) => `dynamodb:${action}`,
  );
  const keyForReading = ['kms:Decrypt', 'kms:DescribeKey'];
  const keyForWriting = [
    ...keyForReading,
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ];

  it('webhook: join facts into an order, quarantine, and read its one secret', () => {
    expect(itemActions('webhook')).toEqual({
      'dynamodb:UpdateItem': ['MARK#*', 'MATCH_REVIEW#*', 'ORDER#*'],
      'dynamodb:PutItem': ['QUARANTINE#*'],
    });
    expect(otherActions('webhook')).toEqual(
      [...log, 'kms:Decrypt', ...keyForWriting, 'secretsmanager:GetSecretValue'].sort(),
    );
  });

  it('recompute: write transactions, claim orders for them, never delete an order, read no secret', () => {
    expect(itemActions('recompute')).toEqual({
      'dynamodb:GetItem': ['TX#*'],
      'dynamodb:UpdateItem': ['COUNTERS#*', 'HEARTBEAT#*', 'ORDER#*'],
      'dynamodb:PutItem': ['TX#*'],
      'dynamodb:ConditionCheckItem': ['TX#*'],
    });
    expect(otherActions('recompute')).toEqual(
      [...log, ...keyForWriting, ...stream, 's3:ListBucket', 's3:PutObject', 'kms:GenerateDataKey'].sort(),
    );
  });

  it('query: read, register orders and acknowledge redraws, and read nothing in quarantine', () => {
    expect(itemActions('query')).toEqual({
      'dynamodb:GetItem': ['HEARTBEAT#*', 'MATCH_REVIEW#*', 'ORDER#*', 'TX#*'],
      'dynamodb:BatchGetItem': ['COUNTERS#*', 'MATCH_REVIEW#*', 'ORDER#*', 'TX#*'],
      'dynamodb:UpdateItem': ['COUNTERS#*', 'ORDER#*'],
      'dynamodb:PutItem': ['TX#*'],
    });
    expect(otherActions('query')).toEqual(
      [
        ...log,
        'logs:PutLogEvents',
        'kms:Decrypt',
        ...keyForWriting,
        'dynamodb:Query',
        'secretsmanager:GetSecretValue',
      ].sort(),
    );
    expect(indexes('query')).toEqual(['by_client_user', 'by_status', 'by_user', 'open_redraws']);
  });

  it('quarantine: list and read quarantined webhooks, and write what a webhook writes', () => {
    expect(itemActions('quarantine')).toEqual({
      'dynamodb:GetItem': ['QUARANTINE#*'],
      'dynamodb:BatchGetItem': ['QUARANTINE#*'],
      'dynamodb:UpdateItem': ['MARK#*', 'MATCH_REVIEW#*', 'ORDER#*', 'QUARANTINE#*'],
      'dynamodb:PutItem': ['QUARANTINE#*'],
    });
    expect(otherActions('quarantine')).toEqual(
      [
        ...log,
        'logs:PutLogEvents',
        'kms:Decrypt',
        ...keyForWriting,
        'dynamodb:Query',
        'secretsmanager:GetSecretValue',
      ].sort(),
    );
    expect(indexes('quarantine')).toEqual(['by_status']);
  });

  it('results: read a transaction and the one key, and write nothing', () => {
    expect(itemActions('results')).toEqual({ 'dynamodb:GetItem': ['ORDER#*', 'TX#*'] });
    expect(otherActions('results')).toEqual(
      [...log, 'logs:PutLogEvents', 'kms:Decrypt', ...keyForReading, 'secretsmanager:GetSecretValue'].sort(),
    );
  });

  it('reconcile: join facts into orders and transactions, never delete an order, list nothing, and read the one key', () => {
    expect(itemActions('reconcile')).toEqual({
      'dynamodb:GetItem': ['ORDER#*', 'TX#*'],
      'dynamodb:UpdateItem': ['COUNTERS#*', 'ORDER#*'],
      'dynamodb:PutItem': ['TX#*'],
      'dynamodb:ConditionCheckItem': ['TX#*'],
    });
    expect(otherActions('reconcile')).toEqual(
      [...log, 'logs:PutLogEvents', 'kms:Decrypt', ...keyForWriting, 'secretsmanager:GetSecretValue'].sort(),
    );
    expect(indexes('reconcile')).toEqual([]);
  });

  it('history: read metrics, and nothing else', () => {
    expect(itemActions('history')).toEqual({});
    expect(otherActions('history')).toEqual([...log, 'cloudwatch:GetMetricData'].sort());
    for (const name of functions.filter((one) => one !== 'history')) {
      expect(otherActions(name)).not.toContain('cloudwatch:GetMetricData');
    }
  });

  it('sweep: read what is due, join facts into orders and transactions, never delete an order, and read its one secret', () => {
    expect(itemActions('sweep')).toEqual({
      'dynamodb:GetItem': ['MARK#*', 'ORDER#*', 'TX#*'],
      'dynamodb:UpdateItem': ['COUNTERS#*', 'ORDER#*'],
      'dynamodb:PutItem': ['MARK#*', 'TX#*'],
      'dynamodb:ConditionCheckItem': ['TX#*'],
      'dynamodb:BatchGetItem': ['COUNTERS#*'],
    });
    expect(otherActions('sweep')).toEqual(
      [
        ...log,
        ...keyForWriting,
        'kms:Decrypt',
        'dynamodb:Query',
        'secretsmanager:GetSecretValue',
        'sqs:SendMessage',
      ].sort(),
    );
    expect(indexes('sweep')).toEqual(['checks', 'open_redraws']);
  });

  it('publish: read the stream and write to the one bus, without access to the table', () => {
    expect(itemActions('publish')).toEqual({});
    expect(otherActions('publish')).toEqual(
      [
        ...log,
        ...keyForReading,
        ...stream,
        's3:ListBucket',
        's3:PutObject',
        'kms:GenerateDataKey',
        'events:PutEvents',
      ].sort(),
    );
    const told = stack.statementsOf('publish').find(({ Action }) => Action === 'events:PutEvents');
    expect(told.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^EventsBus/), 'Arn'] });
  });

  it('redrive: do what recompute and publish do, handle failed batches, and count the quarantine by its keys', () => {
    expect(itemActions('redrive')).toEqual({
      'dynamodb:GetItem': ['ORDER#*', 'TX#*'],
      'dynamodb:UpdateItem': ['COUNTERS#*', 'ORDER#*'],
      'dynamodb:PutItem': ['TX#*'],
      'dynamodb:ConditionCheckItem': ['TX#*'],
    });
    expect(otherActions('redrive')).toEqual(
      [
        ...log,
        ...keyForWriting,
        's3:ListBucket',
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        'kms:Decrypt',
        'kms:GenerateDataKey',
        'events:PutEvents',
        'sqs:SendMessage',
        'dynamodb:Query',
      ].sort(),
    );
    expect(indexes('redrive')).toEqual(['by_status']);
    const objects = stack
      .statementsOf('redrive')
      .find(({ Action }) => [Action].flat().includes('s3:DeleteObject'));
    expect(JSON.stringify(objects.Resource)).toMatch(/FailedRecords.*\/aws\/lambda\/\*/);
  });

  it('review: list open redraws, read transactions and counters, and write to the bus and to the operators', () => {
    expect(itemActions('review')).toEqual({ 'dynamodb:BatchGetItem': ['COUNTERS#*', 'TX#*'] });
    expect(otherActions('review')).toEqual(
      [
        ...log,
        ...keyForReading,
        'dynamodb:Query',
        'events:PutEvents',
        'kms:Decrypt',
        'kms:GenerateDataKey',
        'sns:Publish',
        'sqs:SendMessage',
      ].sort(),
    );
    expect(indexes('review')).toEqual(['open_redraws']);
  });

  it('sign-in: write its log only', () => {
    expect(itemActions('sign-in')).toEqual({});
    expect(otherActions('sign-in')).toEqual(log);
  });

  it('no policy allows all resources, or a key without naming the service that uses it', () => {
    for (const name of functions) {
      for (const statement of stack.statementsOf(name)) {
        expect(JSON.stringify(statement.Action)).not.toContain('*');
        // Reading metrics cannot be limited to resources.
        if (statement.Action === 'cloudwatch:GetMetricData') continue;
        expect([statement.Resource].flat()).not.toContain('*');
        if (JSON.stringify(statement.Action).includes('kms:')) {
          expect(statement.Condition.StringEquals['kms:ViaService']).toBeDefined();
        }
      }
    }
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourcePropertiesCountIs('AWS::IAM::Role', { ManagedPolicyArns: Match.anyValue() }, 0);
  });
});
