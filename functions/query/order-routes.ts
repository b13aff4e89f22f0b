import { json, Problem } from '../http/problem.ts';
import { readOrder } from '../store/orders.ts';
import { register } from './register.ts';
import { showOrder } from './representations.ts';
import { byId, noQuery, registration } from './requests.ts';
import { route } from './route.ts';
import { isOurs } from './team.ts';

const NO_ORDER = 'There is no order with this id.';

export const orderRoutes = {
  'GET /v1/orders/{id}': route({ path: byId, query: noQuery }, async (answering, { path }) => {
    const record = await readOrder(answering.projection.table, path.id);
    if (!record || !isOurs(answering, record.snapshot?.team_id ?? null)) throw new Problem(404, NO_ORDER);
    return json(200, showOrder(record));
  }),

  'PUT /v1/orders/{id}': route(
    { path: byId, query: noQuery, body: registration },
    async (answering, { path, body }) => {
      const registering = {
        transactionId: body.order_transaction_id,
        userId: body.user_id ?? null,
        clientUserId: body.client_user_id ?? null,
      };
      const belongs = (team: string | null) => isOurs(answering, team);
      const record = await register(answering.projection, path.id, registering, answering.clock(), belongs);
      if (!record) throw new Problem(404, NO_ORDER);
      return json(200, showOrder(record));
    },
  ),
};
