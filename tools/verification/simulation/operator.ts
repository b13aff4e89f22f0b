/** An operator's request to the API: acknowledges or releases a redraw, or registers an order, correctly or not. */

import { idIn, isOfKind, transactionKey } from '../../../core/store/table-layout.ts';
import type { MemoryTable } from '../memory-table/memory-table.ts';
import { march, orderId, transactionId } from '../oracle/bodies.ts';
import type { Scheduler } from './surroundings/scheduler.ts';

export function operatorsRequest(memory: MemoryTable, chance: Scheduler, requestId: string) {
  const { routeKey, ...asked } = requested(memory, chance);
  return { ...asked, routeKey, requestContext: { ...asked.requestContext, requestId } };
}

function requested(memory: MemoryTable, chance: Scheduler) {
  const kind = chance.below(4);
  if (kind < 2) {
    const registering = {
      order_transaction_id: transactionId(1 + chance.below(2)),
      user_id: chance.one([undefined, 'u1', 'u2']),
      client_user_id: chance.one([undefined, 'a', 'b']),
    };
    return request('PUT /v1/orders/{id}', { id: orderId(1 + chance.below(4)) }, registering);
  }
  const items = [...memory.items.values()].filter(({ sk }) => isOfKind('TX', sk));
  const transaction_id = idIn('TX', chance.one(items) ?? transactionKey(transactionId(1)));
  const route = '/v1/redraws/{transaction_id}/acknowledgement';
  if (kind === 2) return request(`DELETE ${route}`, { transaction_id }, undefined, { by: 'operator' });
  const note = chance.one([undefined, 'called the patient']);
  const replaces = chance.one([undefined, undefined, null, march(20)]);
  return request(`PUT ${route}`, { transaction_id }, { by: 'operator', note, replaces });
}

function request(routeKey: string, pathParameters: object, body?: object, queryStringParameters?: object) {
  return {
    routeKey,
    pathParameters,
    queryStringParameters,
    headers: { 'content-type': 'application/json' },
    requestContext: {
      http: { method: routeKey.split(' ')[0] },
      authorizer: { jwt: { claims: { sub: 'operator', client_id: 'operator' }, scopes: null } },
    },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
