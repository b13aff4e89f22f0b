import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { explain } from '../../domain/explanation/explanation.ts';
import { TRANSACTION_SORT_KEYS } from '../../domain/list-order.ts';
import { json } from '../../http/problem.ts';
import { byId, flag, noPath, noQuery, ofTeam, paging } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { opaqueId } from '../../http/text-fields.ts';
import { unlessDamaged } from '../../store/damaged-items.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { byResults, byStatus, byUser } from '../../store/transactions/transaction-lists.ts';
import { findTransaction, TransactionNotFound } from '../../use-cases/team-visibility.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { filterFields, statusesOf } from './filter.ts';
import { showInJunctionShape } from './junction-shape.ts';
import { answerFiltered } from './lists.ts';
import { showTransaction } from './representation.ts';

const byUserId = z.object({ user_id: opaqueId });
DOCS: describe(byUserId, { properties: { user_id: 'Junction’s ID of the user.' } });
const sort = z.optional(z.enum(TRANSACTION_SORT_KEYS));
DOCS: describe(sort, {
  description:
    'What the list is sorted by. With `results_at`, it has only transactions with results, the newest report of the lab first.',
});
const listQuery = z.strictObject({ ...filterFields, sort, ...ofTeam, ...paging });
const listOfUserQuery = z.strictObject({ ...filterFields, ...ofTeam, ...paging });
const transactionQuery = z.strictObject({ explain: z.optional(flag) });
DOCS: describe(transactionQuery, { properties: { explain: 'Whether to explain the status too.' } });

export const transactionRoutes = {
  'GET /v1/transactions': route(
    { path: noPath, query: listQuery, repeatable: ['outcome'] },
    async (
      every: QueryContext,
      { query: { sort: key, team_id, limit, cursor, order, ...filter }, hasScope },
    ) => {
      const context = aboutTeam(every, team_id);
      const page = { limit, cursor, order };
      if (key === 'results_at') {
        const list = byResults(filter.reviewed === 'false' ? 'unreviewed' : undefined);
        return answerFiltered(hasScope, context, 'transactions?sort=results_at', list, filter, page);
      }
      const { status, ...others } = filter;
      const list = byStatus(statusesOf(filter));
      return answerFiltered(hasScope, context, `transactions?status=${status ?? ''}`, list, others, page);
    },
  ),

  'GET /v1/transactions/{id}': route(
    { path: byId, query: transactionQuery },
    async (context: QueryContext, { path, query, hasScope }) => {
      const stored = await findTransaction(context, path.id);
      if (query.explain !== 'true') return json(200, showTransaction(stored, hasScope));
      const { table } = context;
      const records = await Promise.all(
        stored.orders.map(({ id }) => unlessDamaged(table, () => readOrder(table, id))),
      );
      const known = records.filter((record) => record !== null);
      return json(200, showTransaction(stored, hasScope, explain(stored, stored.contributions, known)));
    },
  ),

  'GET /v1/users/{user_id}/transactions': route(
    { path: byUserId, query: listOfUserQuery, repeatable: ['outcome'] },
    async (
      context: QueryContext,
      { path: { user_id }, query: { team_id, limit, cursor, order, ...filter }, hasScope },
    ) =>
      answerFiltered(hasScope, aboutTeam(context, team_id), `users/${user_id}`, byUser(user_id), filter, {
        limit,
        cursor,
        order,
      }),
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
