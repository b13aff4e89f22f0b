import { explain } from '../domain/transaction/explanation.ts';
import { json, Problem } from '../http/problem.ts';
import { byId, byUserId, noPath, noQuery, transactionQuery, transactionsQuery } from '../http/requests.ts';
import { route } from '../http/route.ts';
import { readOrder } from '../store/orders.ts';
import { byStatus, byUser } from '../store/transaction-lists.ts';
import { findTransaction } from '../use-cases/team-visibility.ts';
import type { Answering } from './answering.ts';
import { statusesOf } from './filter.ts';
import { showInJunctionShape } from './junction-shape.ts';
import { answerFiltered } from './lists.ts';
import { showTransaction } from './representations.ts';

export const transactionRoutes = {
  'GET /v1/transactions': route(
    { path: noPath, query: transactionsQuery },
    async (answering: Answering, { query: { status, outcome, redraw, ...paging } }) => {
      const list = byStatus(statusesOf({ status, outcome }));
      return answerFiltered(
        answering,
        `transactions?status=${status ?? ''}`,
        list,
        { outcome, redraw },
        paging,
      );
    },
  ),

  'GET /v1/transactions/{id}': route(
    { path: byId, query: transactionQuery },
    async (answering: Answering, { path, query }) => {
      const stored = await findTransaction(answering, path.id);
      if (query.explain !== 'true') return json(200, showTransaction(stored));
      const ids = Object.keys(stored.contributions);
      const records = await Promise.all(ids.map((id) => readOrder(answering.table, id)));
      const known = records.filter((record) => record !== null);
      return json(200, showTransaction(stored, explain(stored, stored.contributions, known)));
    },
  ),

  'GET /v1/users/{user_id}/transactions': route(
    { path: byUserId, query: transactionsQuery },
    async (answering: Answering, { path: { user_id }, query: { status, outcome, redraw, ...paging } }) =>
      answerFiltered(answering, `users/${user_id}`, byUser(user_id), { status, outcome, redraw }, paging),
  ),

  'GET /v3/order_transaction/{id}': route(
    { path: byId, query: noQuery },
    async (answering: Answering, { path }) => {
      const stored = await findTransaction(answering, path.id);
      // Junction knows no transaction by the id of an order.
      if (stored.provisional) throw new Problem(404, 'There is no transaction with this id.');
      return json(200, showInJunctionShape(stored, answering.teamId));
    },
  ),
};
