import { json } from '../http/problem.ts';
import {
  byId,
  byUserId,
  listQuery,
  noPath,
  STATUSES,
  transactionQuery,
  transactionsQuery,
} from '../http/requests.ts';
import { route } from '../http/route.ts';
import { findTransaction } from '../http/team.ts';
import { byStatus, byUser } from '../store/transaction-lists.ts';
import type { Answering } from './answering.ts';
import { answerTransactions } from './lists.ts';
import { showTransaction } from './representations.ts';

export const transactionRoutes = {
  'GET /v1/transactions': route(
    { path: noPath, query: transactionsQuery },
    async (answering: Answering, { query: { status, ...paging } }) => {
      const list = byStatus(status ? [status] : STATUSES);
      return answerTransactions(answering, `transactions?status=${status ?? ''}`, list, paging);
    },
  ),

  'GET /v1/transactions/{id}': route(
    { path: byId, query: transactionQuery },
    async (answering: Answering, { path }) => {
      const stored = await findTransaction(answering, path.id);
      return json(200, showTransaction(stored));
    },
  ),

  'GET /v1/users/{user_id}/transactions': route(
    { path: byUserId, query: listQuery },
    async (answering: Answering, { path: { user_id }, query }) =>
      answerTransactions(answering, `users/${user_id}`, byUser(user_id), query),
  ),
};
