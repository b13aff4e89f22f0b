import * as z from 'zod/mini';
import { explain } from '../../domain/explanation/explanation.ts';
import { json } from '../../http/problem.ts';
import { byId, flag, noPath, noQuery, paging } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { opaqueId } from '../../junction/fields.ts';
import { readOrder } from '../../store/orders/orders.ts';
import { byStatus, byUser } from '../../store/transactions/transaction-lists.ts';
import { findTransaction, TransactionNotFound } from '../../use-cases/team-visibility.ts';
import type { QueryContext } from '../query-context.ts';
import { filterFields, statusesOf } from './filter.ts';
import { showInJunctionShape } from './junction-shape.ts';
import { answerFiltered } from './lists.ts';
import { showTransaction } from './representation.ts';

const byUserId = z.object({ user_id: opaqueId });
const listQuery = z.strictObject({ ...filterFields, ...paging });
const transactionQuery = z.strictObject({ explain: z.optional(flag) });

export const transactionRoutes = {
  'GET /v1/transactions': route(
    { path: noPath, query: listQuery, repeatable: ['outcome'] },
    async (context: QueryContext, { query: { limit, cursor, status, ...filter } }) => {
      const list = byStatus(statusesOf({ status, outcome: filter.outcome }));
      const name = `transactions?status=${status ?? ''}`;
      return answerFiltered(context, name, list, filter, { limit, cursor });
    },
  ),

  'GET /v1/transactions/{id}': route(
    { path: byId, query: transactionQuery },
    async (context: QueryContext, { path, query }) => {
      const stored = await findTransaction(context, path.id);
      if (query.explain !== 'true') return json(200, showTransaction(stored));
      const records = await Promise.all(stored.orders.map(({ id }) => readOrder(context.table, id)));
      const known = records.filter((record) => record !== null);
      return json(200, showTransaction(stored, explain(stored, stored.contributions, known)));
    },
  ),

  'GET /v1/users/{user_id}/transactions': route(
    { path: byUserId, query: listQuery, repeatable: ['outcome'] },
    async (context: QueryContext, { path: { user_id }, query: { limit, cursor, ...filter } }) =>
      answerFiltered(context, `users/${user_id}`, byUser(user_id), filter, { limit, cursor }),
  ),

  'GET /v3/order_transaction/{id}': route(
    { path: byId, query: noQuery },
    async (context: QueryContext, { path }) => {
      const stored = await findTransaction(context, path.id);
      // Junction does not know provisional transactions, whose id is the id of an order.
      if (stored.provisional) throw new TransactionNotFound(path.id);
      return json(200, showInJunctionShape(stored, context.teamId));
    },
  ),
};
