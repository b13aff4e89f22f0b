import type { OrderRecord } from '../domain/order/order-record.ts';
import { json, Problem } from '../http/problem.ts';
import { byId, noQuery, registration } from '../http/requests.ts';
import { route } from '../http/route.ts';
import { readOrder } from '../store/orders.ts';
import { register } from '../use-cases/register-order.ts';
import { isOrderShown, isTransactionShown } from '../use-cases/team-visibility.ts';
import type { Answering } from './answering.ts';
import { showOrder } from './representations.ts';

const NO_ORDER = 'There is no order with this id.';

export const orderRoutes = {
  'GET /v1/orders/{id}': route({ path: byId, query: noQuery }, async (answering: Answering, { path }) => {
    const record = await readOrder(answering.table, path.id);
    if (!record || !(await isOrderShown(answering, record))) throw new Problem(404, NO_ORDER);
    return json(200, showOrder(record));
  }),

  'PUT /v1/orders/{id}': route(
    { path: byId, query: noQuery, body: registration },
    async (answering: Answering, { path, body }) => {
      const registering = {
        transactionId: body.order_transaction_id,
        userId: body.user_id ?? null,
        clientUserId: body.client_user_id ?? null,
      };
      if (!(await isTransactionShown(answering, registering.transactionId))) {
        throw new Problem(404, 'There is no transaction with this id.');
      }
      const shown = (known: OrderRecord) => isOrderShown(answering, known);
      const record = await register(answering.projection, path.id, registering, answering.clock(), shown);
      if (!record) throw new Problem(404, NO_ORDER);
      return json(200, showOrder(record));
    },
  ),
};
