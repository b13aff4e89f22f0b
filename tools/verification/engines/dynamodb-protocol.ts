/** DynamoDB's protocol in front of the table in memory. */
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { MemoryTable } from '../memory-table/memory-table.ts';

/** The operations of the table in memory, by their name on the wire. */
const COMMANDS = {
  GetItem: GetCommand,
  PutItem: PutCommand,
  UpdateItem: UpdateCommand,
  DeleteItem: DeleteCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  BatchGetItem: BatchGetCommand,
  TransactGetItems: TransactGetCommand,
  TransactWriteItems: TransactWriteCommand,
} as const;

/** The fields of requests and answers that hold items, or lists of items, in DynamoDB's wire format. */
const HOLD_ITEMS: readonly string[] = [
  'Item',
  'Items',
  'Key',
  'Keys',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
];

export type MemoryTables = ReadonlyMap<string, MemoryTable>;

/** An HTTP answer. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
}

/** DynamoDB's answer to a request, from tables in memory by their names. Throws for anything that they do not support. */
export async function answerAsDynamoDB(
  tables: MemoryTables,
  target: string,
  body: string,
): Promise<WireAnswer> {
  const answered = await answer(tables, target.replace(/^.*\./, ''), read(body));
  return { status: answered.status, body: JSON.stringify(answered.body, bytesAsText) };
}

function read(body: string): Request {
  if (!body.includes('"B":"')) return JSON.parse(body) as Request;
  // Only a text under this name holds bytes. All other values name their type.
  return JSON.parse(body, (name, value: unknown) =>
    name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );
}

function bytesAsText(this: Request, name: string, value: unknown): unknown {
  const given = this[name];
  return given instanceof Uint8Array ? Buffer.from(given).toString('base64') : value;
}

type Request = Record<string, unknown>;

async function answer(
  tables: MemoryTables,
  operation: string,
  input: Request,
): Promise<{ status: number; body: unknown }> {
  const name = tableNameIn(input);
  const table = tables.get(name);
  if (!table) return refused('ResourceNotFoundException', name);
  const Command = COMMANDS[operation as keyof typeof COMMANDS];
  if (!Command) return refused('UnknownOperationException', operation);
  try {
    expectUsed(input);
    const output = await table.client.send(new Command(translated(input, unmarshall) as never) as never);
    return { status: 200, body: translated(output, toWire, [...HOLD_ITEMS, name]) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return refused(error.name, error.message, { Item: error.Item });
    }
    if (error instanceof TransactionCanceledException) {
      return refused(error.name, error.message, { CancellationReasons: error.CancellationReasons });
    }
    return refused('ValidationException', String(error));
  }
}

/** The table that a request is about. None is about two. */
export function tableNameIn(input: Request): string {
  const [batch] = Object.keys((input.RequestItems as object | undefined) ?? {});
  const [step = {}] = (input.TransactItems as Request[] | undefined) ?? [];
  const [part] = Object.values(step) as Request[];
  return String(batch ?? part?.TableName ?? input.TableName);
}

/** DynamoDB refuses unused names and values, and empty lists of them. */
function expectUsed(request: Request): void {
  for (const part of Object.values(request).flat()) {
    if (typeof part === 'object' && part !== null) expectUsed(part as Request);
  }
  const expressions = Object.entries(request).filter(([field]) => field.endsWith('Expression'));
  const used = new Set(expressions.flatMap(([, text]) => String(text).match(/[#:]\w+/g) ?? []));
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = request;
  for (const given of [names, values]) {
    if (given === undefined) continue;
    const placeholders = Object.keys(given as object);
    if (placeholders.length === 0 || placeholders.some((one) => !used.has(one))) {
      throw new Error(`unused or empty placeholders: ${placeholders.join(', ')}`);
    }
  }
}

const toWire = (item: Record<string, never>) => marshall(item, { removeUndefinedValues: true });

function refused(type: string, message: string, more: object = {}) {
  return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more } };
}

/** The same, with every item in it converted. */
function translated(
  value: unknown,
  item: (item: Record<string, never>) => unknown,
  holding: readonly string[] = HOLD_ITEMS,
  field = '',
): unknown {
  if (Array.isArray(value)) return value.map((one) => translated(one, item, holding, field));
  if (typeof value !== 'object' || value === null) return value;
  if (holding.includes(field)) return item(value as Record<string, never>);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, translated(one, item, holding, name)]),
  );
}
