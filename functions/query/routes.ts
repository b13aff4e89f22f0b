import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { json, Problem } from '../http/problem.ts';
import { uuid } from '../junction/fields.ts';
import { readOrder } from '../store/orders.ts';
import type { Table } from '../store/table.ts';
import { listByStatus } from '../store/transaction-lists.ts';
import { readTransaction } from '../store/transactions.ts';
import type { Cursors } from './cursors.ts';
import { showOrder, showTransaction, showTransactionList } from './representations.ts';

export interface Answering {
  readonly table: Table;
  readonly cursors: Cursors;
}

export interface Request {
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
}

type Route = (answering: Answering, request: Request) => Promise<APIGatewayProxyStructuredResultV2>;

const STATUSES = ['active', 'completed', 'cancelled'] as const;

const listParameters = z.strictObject({
  status: z.optional(z.enum(STATUSES)),
  limit: z.optional(
    z.string().check(
      z.regex(/^\d{1,3}$/, 'not a whole number'),
      z.refine((text) => Number(text) >= 1 && Number(text) <= 100, 'not between 1 and 100'),
    ),
  ),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
});

const noParameters = z.strictObject({});

/** Every route of the query API, by API Gateway's route key. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /v1/transactions': async ({ table, cursors }, { query }) => {
    const { status, limit = '25', cursor } = parameters(listParameters, query);
    const list = `transactions?status=${status ?? ''}`;
    const after = cursor === undefined ? null : await cursors.open(list, cursor);
    if (cursor !== undefined && after === null) {
      throw new Problem(400, 'The parameter cursor is not one that this list gave out.');
    }
    const statuses = status ? [status] : STATUSES;
    const page = await listByStatus(table, statuses, { limit: Number(limit), after });
    const next = page.next === null ? null : await cursors.seal(list, page.next);
    return json(200, showTransactionList(page.transactions, next));
  },

  'GET /v1/transactions/{id}': async ({ table }, { path, query }) => {
    parameters(noParameters, query);
    const stored = await readTransaction(table, idOf(path));
    if (!stored) throw new Problem(404, 'There is no transaction with this id.');
    return json(200, showTransaction(stored));
  },

  'GET /v1/orders/{id}': async ({ table }, { path, query }) => {
    parameters(noParameters, query);
    const record = await readOrder(table, idOf(path));
    if (!record) throw new Problem(404, 'There is no order with this id.');
    return json(200, showOrder(record));
  },
};

function idOf(path: Request['path']): string {
  const id = uuid.safeParse(path.id);
  if (!id.success) throw new Problem(400, 'The id in the path is not a UUID.');
  return id.data;
}

function parameters<Schema extends z.core.$ZodType>(
  schema: Schema,
  query: Request['query'],
): z.output<Schema> {
  const parsed = z.safeParse(schema, query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new Problem(400, `This route has no parameter ${issue.keys.map(quoted).join(', ')}.`);
  }
  throw new Problem(400, `The parameter ${String(issue?.path[0])} is wrong: ${explain(issue)}.`);
}

function explain(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_value') return `it is one of ${issue.values.map(String).join(', ')}`;
  if (issue?.code === 'custom' || issue?.code === 'invalid_format') return issue.message;
  return 'its length is out of bounds';
}

/** A name the caller gave, told back: short, and nothing that could pass for anything else. */
function quoted(name: string): string {
  return `"${name.slice(0, 40).replaceAll(/[^\w.-]/g, '?')}"`;
}
