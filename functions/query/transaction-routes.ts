import { json } from '../http/problem.ts';
import { byStatus, byUser } from '../store/transaction-lists.ts';
import { answerTransactions } from './lists.ts';
import { showTransaction } from './representations.ts';
import {
  byId,
  byUserId,
  listQuery,
  noPath,
  STATUSES,
  transactionQuery,
  transactionsQuery,
} from './requests.ts';
import { route } from './route.ts';
import { findTransaction } from './team.ts';

export const transactionRoutes = {
  'GET /v1/transactions': route(
    { path: noPath, query: transactionsQuery },
    async (answering, { query: { status, ...paging } }) => {
      const list = byStatus(status ? [status] : STATUSES);
      return answerTransactions(answering, `transactions?status=${status ?? ''}`, list, paging);
    },
  ),

  'GET /v1/transactions/{id}': route({ path: byId, query: transactionQuery }, async (answering, { path }) => {
    const stored = await findTransaction(answering, path.id);
    return json(200, showTransaction(stored));
  }),

  'GET /v1/users/{user_id}/transactions': route(
    { path: byUserId, query: listQuery },
    async (answering, { path: { user_id }, query }) =>
      answerTransactions(answering, `users/${user_id}`, byUser(user_id), query),
  ),
};
