/** What somebody asks the API for: takes a redraw on, takes that back, registers an order. */
import { march, transactionId } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/facts.ts';
import { readDelivery } from '../oracle/payload.ts';
import type { World } from './functions.ts';

export function operatorsRequest({ deliveries, memory, chance }: World): { routeKey: string } {
  const kind = chance.below(4);
  if (kind === 0) {
    const id = chance.one(registrable(deliveries));
    if (id) return request('PUT /v1/orders/{id}', { id }, { order_transaction_id: registeredIn(id) });
  }
  const items = [...memory.items.values()].filter(({ sk }) => sk === 'TX');
  const transaction_id = String(chance.one(items)?.pk ?? `TX#${transactionId(1)}`).slice('TX#'.length);
  const route = '/v1/redraws/{transaction_id}/acknowledgement';
  if (kind === 1) return request(`DELETE ${route}`, { transaction_id }, undefined, { by: 'operator' });
  const note = chance.one([undefined, 'called the patient']);
  const replaces = chance.one([undefined, undefined, null, march(20)]);
  return request(`PUT ${route}`, { transaction_id }, { by: 'operator', note, replaces });
}

/** Orders that Junction tells the creation of: where it does not, the time of registration stands in for that. */
function registrable(deliveries: readonly Delivery[]): string[] {
  const payloads = deliveries.map(readDelivery).filter((payload) => payload.kind === 'order');
  const undated = payloads
    .filter(({ snapshot }) => snapshot.createdAt === null)
    .map(({ orderId }) => orderId);
  return payloads.map(({ orderId }) => orderId).filter((id) => !undated.includes(id));
}

/** The transaction an order is registered in: always the same, so that what was registered can be told in the end. */
export function registeredIn(order: string): string {
  return transactionId(1 + (Number(order.at(-1)) % 2));
}

function request(routeKey: string, pathParameters: object, body?: object, queryStringParameters?: object) {
  return {
    routeKey,
    pathParameters,
    queryStringParameters,
    headers: { 'content-type': 'application/json' },
    requestContext: { http: { method: routeKey.split(' ')[0] } },
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
