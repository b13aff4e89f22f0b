import { describe, expect, it } from 'vitest';
import { dynamodbRequests, readPartitionKeys } from '../../permissions/dynamodb-requests.ts';
import { AccessDenied, openPermissions } from '../../permissions/permissions.ts';
import { checkServiceRoles } from '../../permissions/service-roles.ts';
import type { FunctionDefinition } from '../../runtime/function-definition.ts';
import { openTemplate } from '../../template/template.ts';
import { template as tinyTemplate } from '../fixtures/tiny-assembly.ts';

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const keys = (operator: string, ...patterns: string[]) => ({
  Condition: { [operator]: { 'dynamodb:LeadingKeys': patterns } },
});
const viaDynamoDB = { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } } };

const onOrders = {
  Action: ['dynamodb:UpdateItem', 'dynamodb:GetItem', 'dynamodb:BatchGetItem'],
  Resource: arnOf('Orders'),
  ...keys('ForAllValues:StringLike', 'ORDER#*', 'MARK#*'),
};
const onTransactions = {
  Action: 'dynamodb:PutItem',
  Resource: arnOf('Orders'),
  ...keys('ForAllValues:StringLike', 'TX#*'),
};
const scan = {
  Action: 'dynamodb:Scan',
  Resource: arnOf('Orders'),
  Condition: {
    'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk'] },
    StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
  },
};
const list = {
  Action: 'dynamodb:Query',
  Resource: { 'Fn::Join': ['', [arnOf('Orders'), '/index/by_status']] },
};
const keyUse = {
  Action: ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map(
    (use) => `kms:${use}`,
  ),
  Resource: arnOf('Key'),
  ...viaDynamoDB,
};

/** A table and a function `clerk` with a policy of these statements. */
function opened(...statements: object[]) {
  const key = (name: string) => ({ KeySchema: [{ AttributeName: name, KeyType: 'HASH' }] });
  const Statement = statements.map((statement) => ({ Effect: 'Allow', ...statement }));
  const template = openTemplate({
    template: {
      Resources: {
        Key: { Type: 'AWS::KMS::Key' },
        Orders: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { ...key('pk'), SSESpecification: { KMSMasterKeyId: arnOf('Key') } },
        },
        Clerk: { Type: 'AWS::IAM::Role' },
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { Roles: [{ Ref: 'Clerk' }], PolicyDocument: { Statement } },
        },
      },
    },
    assets: new Map(),
  });
  const clerk = { name: 'clerk', role: 'Clerk' } as FunctionDefinition;
  const denials: string[] = [];
  const permissions = openPermissions(template, [clerk], (_, denial) => denials.push(denial));
  const tables = readPartitionKeys(template);
  const ask = (operation: string, input: object) => {
    try {
      permissions.authorize('clerk', dynamodbRequests(operation, input, tables));
      return 'allowed';
    } catch (error) {
      if (!(error instanceof AccessDenied)) throw error;
      return /perform: (\S+)/.exec(error.message)?.[1];
    }
  };
  return { permissions, denials, ask };
}

const Key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const of = (pk: string) => ({ TableName: 'Orders', Key: Key(pk) });

describe('requests to the table', () => {
  const { ask } = opened(onOrders, onTransactions, scan, list, keyUse);

  it.each([
    ['an item of a granted kind', 'UpdateItem', of('ORDER#1')],
    [
      'items of granted kinds',
      'BatchGetItem',
      { RequestItems: { Orders: { Keys: ['ORDER#1', 'MARK#1'].map(Key) } } },
    ],
    ['what DynamoDB never denies', 'DescribeEndpoints', {}],
    ['an index', 'Query', { TableName: 'Orders', IndexName: 'by_status', KeyConditionExpression: 'a = :a' }],
    [
      'each action of a transaction by itself',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'Orders', Item: Key('TX#1') } }, { Update: of('ORDER#1') }] },
    ],
    [
      'a scan of granted attributes',
      'Scan',
      { TableName: 'Orders', ProjectionExpression: 'pk, #s', ExpressionAttributeNames: { '#s': 'sk' } },
    ],
  ])('are allowed for %s', (_, operation, input) => {
    expect(ask(operation, input)).toBe('allowed');
  });

  it.each([
    ['another kind', 'UpdateItem', of('TX#1'), 'UpdateItem'],
    ['another action', 'PutItem', { TableName: 'Orders', Item: Key('ORDER#1') }, 'PutItem'],
    ['another table', 'GetItem', { ...of('ORDER#1'), TableName: 'Others' }, 'GetItem'],
    [
      'one item of another kind among others',
      'BatchGetItem',
      { RequestItems: { Orders: { Keys: ['ORDER#1', 'TX#1'].map(Key) } } },
      'BatchGetItem',
    ],
    [
      'the table instead of an index',
      'Query',
      { TableName: 'Orders', KeyConditionExpression: 'pk = :a' },
      'Query',
    ],
    [
      'one action of a transaction',
      'TransactWriteItems',
      { TransactItems: [{ Update: of('ORDER#1') }, { ConditionCheck: of('TX#1') }] },
      'ConditionCheckItem',
    ],
    ['a scan of whole items', 'Scan', { TableName: 'Orders' }, 'Scan'],
    [
      'a scan that filters by another attribute',
      'Scan',
      { TableName: 'Orders', ProjectionExpression: 'pk', FilterExpression: 'body = :b' },
      'Scan',
    ],
  ])('are denied for %s', (_, operation, input, action) => {
    expect(ask(operation, input)).toBe(`dynamodb:${action}`);
  });

  it('are denied without the use of its key, as the service would ask for it', () => {
    expect(opened(onOrders).ask('GetItem', of('ORDER#1'))).toBe('kms:Decrypt');
    const elsewhere = {
      ...keyUse,
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    };
    expect(opened(onOrders, elsewhere).ask('GetItem', of('ORDER#1'))).toBe('kms:Decrypt');
  });
});

describe('a transaction of a role with a statement for transactions', () => {
  const both = [{ Put: { TableName: 'Orders', Item: Key('TX#1') } }, { Update: of('ORDER#1') }];
  const inTransactions = (...patterns: string[]) => ({
    Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    Resource: arnOf('Orders'),
    Condition: {
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
    },
  });

  it('is allowed if the statement covers the keys of all its actions, and denied otherwise', () => {
    const { ask } = opened(onOrders, onTransactions, inTransactions('TX#*', 'ORDER#*'), keyUse);
    expect(ask('TransactWriteItems', { TransactItems: both })).toBe('allowed');
    const { ask: askLess } = opened(onOrders, onTransactions, inTransactions('TX#*'), keyUse);
    expect(askLess('TransactWriteItems', { TransactItems: both })).toBe('dynamodb:PutItem');
  });

  it('allows nothing outside of transactions, and is no grant that has to be needed', () => {
    const { ask, permissions } = opened(inTransactions('TX#*', 'ORDER#*'), keyUse);
    expect(ask('PutItem', { TableName: 'Orders', Item: Key('TX#1') })).toBe('dynamodb:PutItem');
    expect(permissions.use().unused.filter((grant) => grant.includes('dynamodb:'))).toEqual([]);
  });
});

it('keeps which grants were needed', () => {
  const { permissions, ask, denials } = opened(onOrders, onTransactions);
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Orders';
  ask('GetItem', of('ORDER#1'));
  ask('PutItem', of('ORDER#1'));
  expect(permissions.use().used).toEqual([`clerk: dynamodb:GetItem on ${table} of ORDER#*`]);
  expect(permissions.use().unused).toContain(`clerk: dynamodb:GetItem on ${table} of MARK#*`);
  expect(permissions.use().unused).toContain(`clerk: dynamodb:PutItem on ${table} of TX#*`);
  expect(denials).toHaveLength(2);
});

it.each([
  [{ ...onOrders, Effect: 'Deny' }, /statements that allow/],
  [{ NotAction: 's3:*', Resource: '*' }, /NotAction/],
  [{ ...onOrders, ...keys('ForAnyValue:StringLike', 'ORDER#*') }, /ForAnyValue:StringLike/],
])('refuses a policy that it would misread: %j', (statement, reason) => {
  expect(() => opened(statement)).toThrow(reason);
});

it('refuses a role that does not let a service do what the template tells it to', () => {
  const { Resources } = tinyTemplate();
  const { KeeperFunctionRolePolicy: _, ...rest } = Resources as Record<string, unknown>;
  const template = openTemplate({ template: { Resources: rest }, assets: new Map() });
  const keeper = {
    logicalId: 'KeeperFunction',
    name: 'keeper',
    physicalName: 'KeeperFunction',
    role: 'KeeperFunctionRole',
  };
  const definitions = [keeper as FunctionDefinition];
  const permissions = openPermissions(template, definitions, () => undefined);
  expect(() => checkServiceRoles(template, definitions, permissions)).toThrow(
    /role of Mapping is not sufficient.*dynamodb:DescribeStream/,
  );
});
