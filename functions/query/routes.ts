import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { json, Problem } from '../http/problem.ts';
import { opaqueId, uuid } from '../junction/fields.ts';
import type { Projection } from '../projection/recompute.ts';
import { readOrder } from '../store/orders.ts';
import { byDueTime, byStatus, listTransactions, type TransactionList } from '../store/transaction-lists.ts';
import { readTransaction } from '../store/transactions.ts';
import { acknowledge } from './acknowledge.ts';
import type { Cursors } from './cursors.ts';
import { body, parameters } from './parameters.ts';
import { register } from './register.ts';
import { showOrder, showTransaction, showTransactionList } from './representations.ts';

export interface Answering {
  readonly projection: Projection;
  readonly cursors: Cursors;
  readonly clock: () => Date;
}

export interface Request {
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

type Answer = APIGatewayProxyStructuredResultV2;
type Route = (answering: Answering, request: Request) => Promise<Answer>;

const STATUSES = ['active', 'completed', 'cancelled'] as const;

const paging = {
  limit: z.optional(
    z.string().check(
      z.regex(/^\d{1,3}$/, 'it is a whole number'),
      z.refine((text) => Number(text) >= 1 && Number(text) <= 100, 'it is between 1 and 100'),
    ),
  ),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
};

const transactionParameters = z.strictObject({ status: z.optional(z.enum(STATUSES)), ...paging });
const redrawParameters = z.strictObject({ state: z.optional(z.enum(['open', 'stale'])), ...paging });
const noParameters = z.strictObject({});

const acknowledgement = z.strictObject({
  by: z.string().check(z.trim(), z.minLength(1), z.maxLength(128)),
  note: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(1_000)))),
});

const registration = z.strictObject({
  order_transaction_id: uuid,
  user_id: z.optional(z.nullable(opaqueId)),
  client_user_id: z.optional(z.nullable(opaqueId)),
});

/** Every route of the query API, by API Gateway's route key. */
export const routes: Readonly<Record<string, Route>> = {
  'GET /v1/transactions': async (answering, { query }) => {
    const { status, ...page } = parameters(transactionParameters, query);
    const name = `transactions?status=${status ?? ''}`;
    return answerList(answering, name, byStatus(status ? [status] : STATUSES), page);
  },

  'GET /v1/transactions/{id}': async ({ projection }, { path, query }) => {
    parameters(noParameters, query);
    const stored = await readTransaction(projection.table, idOf(path.id));
    if (!stored) throw new Problem(404, 'There is no transaction with this id.');
    return json(200, showTransaction(stored));
  },

  'GET /v1/orders/{id}': async ({ projection }, { path, query }) => {
    parameters(noParameters, query);
    const record = await readOrder(projection.table, idOf(path.id));
    if (!record) throw new Problem(404, 'There is no order with this id.');
    return json(200, showOrder(record));
  },

  'PUT /v1/orders/{id}': async ({ projection, clock }, request) => {
    parameters(noParameters, request.query);
    const id = idOf(request.path.id);
    const given = body(registration, request.body);
    const registering = {
      transactionId: given.order_transaction_id,
      userId: given.user_id ?? null,
      clientUserId: given.client_user_id ?? null,
    };
    return json(200, showOrder(await register(projection, id, registering, clock())));
  },

  'GET /v1/redraws': async (answering, { query }) => {
    const { state = 'open', ...page } = parameters(redrawParameters, query);
    return answerList(answering, `redraws?state=${state}`, byDueTime(state), page);
  },

  'PUT /v1/redraws/{transaction_id}/acknowledgement': async ({ projection, clock }, request) => {
    parameters(noParameters, request.query);
    const id = idOf(request.path.transaction_id);
    const { by, note } = body(acknowledgement, request.body);
    const stored = await acknowledge(projection, id, { by, note: note || null }, clock());
    return json(200, showTransaction(stored));
  },
};

async function answerList(
  { projection, cursors }: Answering,
  name: string,
  list: TransactionList,
  { limit = '25', cursor }: { limit?: string | undefined; cursor?: string | undefined },
): Promise<Answer> {
  const after = cursor === undefined ? null : await cursors.open(name, cursor);
  if (cursor !== undefined && after === null) {
    throw new Problem(400, 'The parameter cursor is not one that this list gave out.');
  }
  const page = await listTransactions(projection.table, list, { limit: Number(limit), after });
  const next = page.next === null ? null : await cursors.seal(name, page.next);
  return json(200, showTransactionList(page.transactions, next));
}

function idOf(text: string | undefined): string {
  const id = uuid.safeParse(text);
  if (!id.success) throw new Problem(400, 'The id in the path is not a UUID.');
  return id.data;
}
