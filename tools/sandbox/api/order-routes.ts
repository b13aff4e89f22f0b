import { OrderStatus } from '@junction-api/sdk/serialization';
import * as z from 'zod';
import { orderRequestSchema } from '../junction/ordering/order-request.ts';
import { type Answer, type ApiAnswer, found, ok, readBody, refused } from './api.ts';
import { idempotent } from './idempotency.ts';
import { readOrderQuery, readResendRequest } from './order-query.ts';
import { oneOf, readCount } from './query.ts';

const flagsSchema = z
  .object({
    interpretation: z.enum(['normal', 'abnormal', 'critical']).nullish(),
    result_types: z.array(z.enum(['numeric', 'range', 'comment', 'coded_value'])).nullish(),
    has_missing_results: z.boolean().nullish(),
  })
  .nullish();

const settingsSchema = z.object({ sms_enabled: z.boolean() });

export const orderRoutes = {
  'POST /v3/order': idempotent('order', ({ junction }, { body }) => {
    const { id } = junction.placed.place(readBody(orderRequestSchema, body));
    return ok({ order: junction.order(id), status: 'success', message: 'Order created' });
  }),
  'POST /v3/order/resend_events': ({ junction, resend }, { body }) => {
    const { orderIds, from, to } = readResendRequest(body, junction.now());
    const wanted = orderIds ?? junction.changedBetween(from, to);
    const existing = wanted.filter((id) => junction.order(id) !== null);
    resend(existing);
    return ok({ order_ids: existing });
  },
  'GET /v3/orders': ({ junction }, { query }) => {
    const { filter, page, size } = readOrderQuery(query);
    return ok(junction.page(filter, page, size));
  },
  'GET /v3/order/{order_id}': ({ junction }, _, id) => found(junction.order(id), 'Order'),
  'POST /v3/order/{order_id}/cancel': ({ junction }, _, id) => {
    const outcome = junction.changes.cancel(id);
    if (outcome === 'unknown') return refused(404, 'Order not found');
    if (typeof outcome === 'object') return notCancellable(outcome.refusedIn);
    return ok({ order: junction.order(id), status: 'success', message: 'Order cancelled' });
  },
  'POST /v3/order/{order_id}/test': ({ junction }, { query, body }, id) => {
    const flags = readBody(flagsSchema, body);
    const [final = null] = oneOf(query, 'final_status', (text) => OrderStatus.parse(text).ok);
    const delay = query.get('delay') === '0' ? 0 : readCount(query, 'delay', 0);
    junction.changes.simulate(id, final?.split('.')[2] ?? null, delay, {
      interpretation: flags?.interpretation ?? 'normal',
      resultTypes: flags?.result_types ?? null,
      hasMissingResults: flags?.has_missing_results ?? false,
    });
    return ok({ status: 'success' });
  },
  'PATCH /v3/order/{order_id}/draw_completed': ({ junction }, _, id) => {
    junction.changes.completeDraw(id);
    return ok({ order: junction.order(id), status: 'success', message: 'Draw completed' });
  },
  'GET /v3/order/{order_id}/communication_settings': ({ junction }, _, id) => {
    const order = junction.order(id);
    return found(order && { order_id: id, sms_enabled: junction.changes.hasSms(id) }, 'Order');
  },
  'PATCH /v3/order/{order_id}/communication_settings': ({ junction }, { body }, id) => {
    const { sms_enabled } = readBody(settingsSchema, body);
    if (junction.order(id) === null) return refused(404, 'Order not found');
    junction.changes.setSms(id, sms_enabled);
    return ok({ order_id: id, sms_enabled });
  },
} satisfies Record<string, Answer>;

/** As on https://docs.junction.com/lab/workflow/cancelling-an-order */
function notCancellable(low: string): ApiAnswer {
  const message = `Transition from ${low} to cancelled is not allowed`;
  return { status: 400, body: { error: 'Bad Request', message, status_code: 400 } };
}
