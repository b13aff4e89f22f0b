import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { actingAs } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { byId, noPath, noQuery, ofTeam, paging } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { eachIntact } from '../../store/damaged-items.ts';
import { byStall } from '../../store/transactions/transaction-lists.ts';
import {
  acknowledgeStalledOrder,
  findOrderInTransaction,
  withdrawFromStalledOrder,
} from '../../use-cases/acknowledgements/acknowledge-stalled-order.ts';
import { acknowledgementBody, withdrawalQuery } from '../acknowledgement-request.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { filterFields, followUpFields, orderFields } from '../transactions/filter.ts';
import { pageOfFiltered } from '../transactions/lists.ts';
import { stalledOrderList } from './answer.ts';
import { showStalledOrder } from './representation.ts';

const listQuery = z.strictObject({
  state: z.enum(['stalled']),
  assignee: filterFields.assignee,
  assigned: filterFields.assigned,
  ...followUpFields,
  ...orderFields,
  ...ofTeam,
  ...paging,
});
DOCS: describe(listQuery, { properties: { state: 'Must be `stalled`.' } });
const inPath = ({ id }: z.output<typeof byId>) => ({ order_id: id });

export const stalledOrderRoutes = {
  'GET /v1/orders': route(
    { path: noPath, query: listQuery },
    async (
      context: QueryContext,
      { query: { state, follow_up = 'due', team_id, limit, cursor, order, ...filter } },
    ) => {
      const { transactions, next_cursor } = await pageOfFiltered(
        aboutTeam(context, team_id),
        `orders?state=${state}`,
        byStall(),
        { ...filter, follow_up },
        { limit, cursor, order },
      );
      const nameOf = ({ id }: { readonly id: string }) => `TX#${id}`;
      const orders = eachIntact(context.table, transactions, nameOf, showStalledOrder);
      return json(200, stalledOrderList.parse({ orders, next_cursor }));
    },
  ),

  'PUT /v1/orders/{id}/acknowledgement': route(
    { path: byId, query: noQuery, body: acknowledgementBody, underName: true },
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
    { path: byId, query: withdrawalQuery, underName: true },
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
