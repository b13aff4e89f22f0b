import fastify, { type FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { WebhookVerificationError } from 'standardwebhooks';
import { readOrder } from '../../junction/order.ts';
import { transactionOf } from '../../junction/transaction.ts';
import { verify } from '../../junction/webhook.ts';
import { findOrders, mergeOrder } from './orders.ts';

export function appOn(pool: Pool): FastifyInstance {
  const app = fastify();
  // The signature is that of the bytes.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });

  app.post<{ Body: string }>('/webhooks/junction', async ({ headers, body }, reply) => {
    try {
      verify(body, headers as Record<string, string>);
    } catch (error) {
      if (error instanceof WebhookVerificationError) return reply.code(401).send();
      throw error;
    }
    const order = readOrder(body);
    if (order) await mergeOrder(pool, order);
    return reply.code(200).send();
  });

  app.get<{ Params: { id: string } }>('/transactions/:id', async ({ params }, reply) => {
    const orders = await findOrders(pool, params.id);
    return orders.length === 0 ? reply.code(404).send() : transactionOf(orders);
  });
  return app;
}
