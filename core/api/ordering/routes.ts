import * as z from 'zod/mini';
import { json } from '../../http/problem.ts';
import { noPath, noQuery } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { orderingScopes } from '../../http/scopes.ts';
import { placeOrder } from '../../use-cases/ordering/place-order.ts';
import { findTransaction } from '../../use-cases/team-visibility.ts';
import { showTransaction } from '../transactions/representation.ts';
import { placedOrder } from './answer.ts';
import { type OrderingRoutesContext, withJunction } from './junction-answers.ts';

/** Junction's body. It is not parsed here, because all its faults are answered at once, of form and by the rules. */
export const orderBody = z.unknown();

const placing = z.object({
  'idempotency-key': z
    .string()
    .check(z.regex(/^[\x21-\x7e]{1,255}$/, 'it must have 1 to 255 visible ASCII characters')),
});

/** The routes of the ordering function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof orderingScopes, Route<OrderingRoutesContext>>> = {
  'POST /v1/orders': route(
    { path: noPath, query: noQuery, headers: placing, body: orderBody },
    async (context: OrderingRoutesContext, { body, headers, identity, timeLeft }) => {
      const unclear =
        'Junction did not confirm the order, and may have placed it. Repeat the request with the same Idempotency-Key: it is placed only once.';
      const { caller } = identity();
      const request = { body, key: headers['idempotency-key'], caller };
      const placed = await withJunction(context, timeLeft, unclear, (ordering) =>
        placeOrder(ordering, request),
      );
      const transaction = showTransaction(await findTransaction(context, placed.transactionId));
      return json(201, placedOrder.parse({ order: placed.order, transaction }));
    },
    {
      action: 'order.place',
      changes: true,
      inPath: () => ({}),
      inAnswer: (answer) => {
        const { order, transaction } = placedOrder.parse(answer);
        return { order_id: order.id, transaction_id: transaction.id };
      },
    },
  ),
};
