import * as z from 'zod/mini';
import { actingAs } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { byId, noPath, noQuery, paging } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { byStall, listTransactions } from '../../store/transactions/transaction-lists.ts';
import {
  acknowledgeStalledOrder,
  findOrderInTransaction,
  withdrawFromStalledOrder,
} from '../../use-cases/acknowledge-stalled-order.ts';
import { isShown } from '../../use-cases/team-visibility.ts';
import { acknowledgementBody, withdrawalQuery } from '../acknowledgement-request.ts';
import { nextCursor, pageRequest } from '../paging.ts';
import type { QueryContext } from '../query-context.ts';
import { stalledOrderList } from './answer.ts';
import { showStalledOrder } from './representation.ts';

const listQuery = z.strictObject({ state: z.enum(['stalled']), ...paging });
const inPath = ({ id }: z.output<typeof byId>) => ({ order_id: id });

export const stalledOrderRoutes = {
  'GET /v1/orders': route(
    { path: noPath, query: listQuery },
    async (context: QueryContext, { query: { state, ...page } }) => {
      const { table, cursors } = context;
      const list = `orders?state=${state}`;
      const found = await listTransactions(table, byStall(), await pageRequest(cursors, list, page));
      const ours = found.transactions.filter(({ team_id }) => isShown(context, team_id));
      const next_cursor = await nextCursor(cursors, list, found.next);
      return json(200, stalledOrderList.parse({ orders: ours.map(showStalledOrder), next_cursor }));
    },
  ),

  'PUT /v1/orders/{id}/acknowledgement': route(
    { path: byId, query: noQuery, body: acknowledgementBody },
    async (context: QueryContext, { path, body: { by, note, replaces }, identity }) => {
      const caller = actingAs(identity(), by);
      const order = await findOrderInTransaction(context, path.id);
      const request = { by, caller, note: note || null, replaces };
      const stored = await acknowledgeStalledOrder(context.projection, order, request, context.clock());
      return json(200, showStalledOrder(stored));
    },
    { action: 'order.acknowledge', changes: true, inPath },
  ),

  'DELETE /v1/orders/{id}/acknowledgement': route(
    { path: byId, query: withdrawalQuery },
    async (context: QueryContext, { path, query: { by, acknowledged_at }, identity }) => {
      const caller = actingAs(identity(), by);
      const order = await findOrderInTransaction(context, path.id);
      const request = { by, caller, acknowledgedAt: acknowledged_at ?? null };
      const stored = await withdrawFromStalledOrder(context.projection, order, request, context.clock());
      return json(200, showStalledOrder(stored));
    },
    { action: 'order.withdraw', changes: true, inPath },
  ),
};
