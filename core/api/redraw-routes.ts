import { json } from '../http/problem.ts';
import {
  acknowledgement,
  byTransactionId,
  noPath,
  noQuery,
  redrawsQuery,
  withdrawal,
} from '../http/requests.ts';
import { route } from '../http/route.ts';
import { byDueTime } from '../store/transaction-lists.ts';
import { acknowledge, withdraw } from '../use-cases/acknowledge-redraw.ts';
import { findTransaction } from '../use-cases/team-visibility.ts';
import type { Answering } from './answering.ts';
import { answerTransactions } from './lists.ts';
import { showTransaction } from './representations.ts';

export const redrawRoutes = {
  'GET /v1/redraws': route(
    { path: noPath, query: redrawsQuery },
    async (answering: Answering, { query: { state = 'open', ...paging } }) =>
      answerTransactions(answering, `redraws?state=${state}`, byDueTime(state), paging),
  ),

  'PUT /v1/redraws/{transaction_id}/acknowledgement': route(
    { path: byTransactionId, query: noQuery, body: acknowledgement },
    async (answering: Answering, { path: { transaction_id }, body: { by, note, replaces } }) => {
      const { id } = await findTransaction(answering, transaction_id);
      const acknowledging = { by, note: note || null, replaces };
      const stored = await acknowledge(answering.projection, id, acknowledging, answering.clock());
      return json(200, showTransaction(stored));
    },
  ),

  'DELETE /v1/redraws/{transaction_id}/acknowledgement': route(
    { path: byTransactionId, query: withdrawal },
    async (answering: Answering, { path: { transaction_id }, query: { by, acknowledged_at } }) => {
      const { id } = await findTransaction(answering, transaction_id);
      const withdrawing = { by, acknowledgedAt: acknowledged_at ?? null };
      const stored = await withdraw(answering.projection, id, withdrawing, answering.clock());
      return json(200, showTransaction(stored));
    },
  ),
};
