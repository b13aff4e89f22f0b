import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { json } from '../../http/problem.ts';
import { byId, noQuery } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { opaqueId, uuid } from '../../http/text-fields.ts';
import { register } from '../../use-cases/register-order.ts';
import {
  findOrder,
  isOrderShown,
  isTransactionShown,
  OrderNotFound,
  TransactionNotFound,
} from '../../use-cases/team-visibility.ts';
import type { QueryContext } from '../query-context.ts';
import { readShownOrder } from './representation.ts';

const registration = z.strictObject({
  order_transaction_id: uuid,
  user_id: z.optional(z.nullable(opaqueId)),
  client_user_id: z.optional(z.nullable(opaqueId)),
});
DOCS: describe(registration, {
  id: 'OrderRegistration',
  description: 'What you know of an order that you have placed.',
  properties: {
    order_transaction_id: 'The `order_transaction.id` of Junction’s response to the order.',
    user_id: 'Junction’s ID of the user.',
    client_user_id: 'Your own ID of the user.',
  },
});

export const orderRoutes = {
  'GET /v1/orders/{id}': route(
    { path: byId, query: noQuery },
    async (context: QueryContext, { path, hasScope }) => {
      return json(200, await readShownOrder(context.table, await findOrder(context, path.id), hasScope));
    },
  ),

  'PUT /v1/orders/{id}': route(
    { path: byId, query: noQuery, body: registration },
    async (context: QueryContext, { path, body, hasScope }) => {
      const { order_transaction_id: transaction_id, user_id = null, client_user_id = null } = body;
      if (!(await isTransactionShown(context, transaction_id))) {
        throw new TransactionNotFound(transaction_id);
      }
      const registered = { transaction_id, user_id, client_user_id };
      const isKnownShown = (known: OrderRecord) => isOrderShown(context, known);
      const record = await register(context.projection, path.id, registered, context.clock(), isKnownShown);
      if (!record) throw new OrderNotFound(path.id);
      return json(200, await readShownOrder(context.table, record, hasScope));
    },
    {
      action: 'order.register',
      changes: true,
      inPath: ({ id }) => ({ order_id: id }),
      inBody: ({ order_transaction_id }) => ({ transaction_id: order_transaction_id }),
    },
  ),
};
