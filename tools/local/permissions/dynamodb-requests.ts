import * as z from 'zod';
import { attributeOf } from '../template/resource-names.ts';
import type { Template } from '../template/template.ts';
import { ENCLOSING_OPERATION, LEADING_KEYS, TRANSACTION_KEYS } from './grants.ts';
import type { AccessRequest } from './policies.ts';

/** The partition key attribute of each table, by the name of the table. */
export type PartitionKeys = ReadonlyMap<string, string>;

const tableSchema = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
});

export function readPartitionKeys(template: Template): PartitionKeys {
  return new Map(
    template.resources('AWS::DynamoDB::Table').map((id): [string, string] => {
      const { KeySchema } = template.read(id, tableSchema);
      return [template.nameOf(id), KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? ''];
    }),
  );
}

/** Attributes as DynamoDB's protocol has them: `{"pk": {"S": "…"}}`. */
type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The fields of a request, or of an action in a transaction, that decide about access. */
interface Input {
  TableName?: string;
  IndexName?: string;
  Key?: Attributes;
  Item?: Attributes;
  Select?: string;
  ProjectionExpression?: string;
  FilterExpression?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Readonly<Record<string, string>>;
  ExpressionAttributeValues?: Attributes;
  RequestItems?: Readonly<Record<string, { Keys?: readonly Attributes[] }>>;
  TransactItems?: readonly Readonly<Record<string, Input>>[];
}

const tableArn = (name = '*') => attributeOf('AWS::DynamoDB::Table', name, 'Arn') ?? name;

/**
 * The access that a request to DynamoDB needs. Each action of a transaction needs its own, with the keys of all actions beside
 * its own ones, because AWS does not document which of them IAM looks at.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * @param operation for example `GetItem`
 */
export function dynamodbRequests(operation: string, input: Input, keys: PartitionKeys): AccessRequest[] {
  // Needs a permission through a VPC endpoint only:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/inter-network-traffic-privacy.html
  if (operation === 'DescribeEndpoints') return [];
  const { TableName = '', IndexName, TransactItems, RequestItems } = input;
  const valuesOf = (table: string, attributes: readonly (Attributes | undefined)[]) =>
    attributes.flatMap((one) => textOf(one?.[keys.get(table) ?? '']));
  if (TransactItems) {
    const actions = TransactItems.flatMap((item) =>
      Object.entries(item).flatMap(([kind, action]) =>
        dynamodbRequests(kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`, action, keys),
      ),
    );
    const ofAll = [...new Set(actions.flatMap(({ context }) => context?.[LEADING_KEYS] ?? []))];
    return actions.map((request) => ({
      ...request,
      context: { ...request.context, [ENCLOSING_OPERATION]: [operation], [TRANSACTION_KEYS]: ofAll },
    }));
  }
  const action = `dynamodb:${operation}`;
  if (RequestItems) {
    return Object.entries(RequestItems).map(([table, { Keys = [] }]) => ({
      action,
      resource: tableArn(table),
      context: { [LEADING_KEYS]: valuesOf(table, Keys) },
    }));
  }
  if (operation === 'Scan') return [{ action, resource: tableArn(TableName), context: scanContext(input) }];
  if (operation === 'Query') {
    const resource =
      IndexName === undefined ? tableArn(TableName) : `${tableArn(TableName)}/index/${IndexName}`;
    return [{ action, resource, context: { [LEADING_KEYS]: textOf(queriedValue(input)) } }];
  }
  const context = { [LEADING_KEYS]: valuesOf(TableName, [input.Key ?? input.Item]) };
  return [{ action, resource: tableArn(input.TableName), context }];
}

/** Policies compare texts. */
function textOf(value: Readonly<Record<string, unknown>> | undefined): string[] {
  return value === undefined ? [] : [String(Object.values(value)[0])];
}

/** The value that the first condition of a query compares: that of the partition key. */
function queriedValue({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: Input) {
  const [, name = ''] = /=\s*(:\w+)/.exec(KeyConditionExpression) ?? [];
  return ExpressionAttributeValues[name];
}

/** A request that selects all attributes names none. Function names are not attributes. */
function scanContext(input: Input): Record<string, string[]> {
  const { ProjectionExpression = '', FilterExpression = '', ExpressionAttributeNames: names = {} } = input;
  const named = `${ProjectionExpression} ${FilterExpression}`.match(/(?<![:\w])[#A-Za-z_]\w*\b(?!\()/g) ?? [];
  const attributes = new Set(named.map((name) => names[name] ?? name));
  const select = input.Select ?? (ProjectionExpression === '' ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES');
  return { 'dynamodb:Attributes': [...attributes], 'dynamodb:Select': [select] };
}
