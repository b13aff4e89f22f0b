/** Requests to the local stack that contain patient data, or whose answers could. */
import { expect } from 'vitest';
import { mapConcurrent } from '../../core/concurrency/map-concurrent.ts';
import { orderId, PATIENT } from '../../tools/verification/oracle/bodies.ts';
import { call } from './http-call.ts';
import { QueryClient } from './query/calls.ts';
import { callWebhook, secretOf, signed } from './webhook/calls.ts';

/** What somebody typed into a note: it is in the table and nowhere else. */
export const TYPED = 'typed-by-a-person-7741';

/** Takes the text of each answer. */
type Keep = (text: string) => void;

/**
 * Deliveries of a body and requests that are refused, with patient data in every part of them.
 * @param secret of the webhook
 */
export async function refused(url: string, secret: string, body: string, keep: Keep): Promise<void> {
  const headers = signed(body, { secrets: [secret], id: PATIENT });
  const calls = [
    { body, headers: signed(body, { secrets: [secretOf(2)] }) },
    { body, headers: { ...headers, 'svix-signature': PATIENT } },
    { body, headers: { ...headers, 'svix-timestamp': PATIENT } },
    { body, headers: { ...headers, 'svix-id': `${PATIENT} 0` } },
    { body, method: 'PUT' },
  ];
  for (const one of calls) keep((await callWebhook(url, one)).text);
}

/** Every function by itself: with the events that it expects, and with others. */
export async function invocations(url: string, functions: readonly string[], keep: Keep): Promise<void> {
  const asked: { [name: string]: unknown } = {
    sweep: { time: new Date().toISOString() },
    review: { time: new Date().toISOString(), scope: 'open' },
    rebuild: { dry_run: true, items_per_second: 5_000 },
  };
  const unexpected = { time: PATIENT, Records: [{ dynamodb: { Keys: PATIENT, NewImage: PATIENT } }] };
  for (const name of functions) {
    for (const event of [...(asked[name] ? [asked[name]] : []), unexpected]) {
      const path = `/2015-03-31/functions/${name}/invocations`;
      keep((await call(url + path, { method: 'POST', body: JSON.stringify(event) })).text);
    }
  }
}

/**
 * Everything that the API answers, including to requests that contain patient data themselves.
 * @param keepResult takes the answers of Junction about the person, which the functions pass on
 */
export async function queries(url: string, keep: Keep, keepResult: Keep): Promise<void> {
  const client = await QueryClient.open(url);
  const ask = async (path: string, method = 'GET') => keep((await client.ask(path, { method })).text);
  const all = await client.allTransactions();
  expect(all.length).toBeGreaterThan(25);
  keep(JSON.stringify(all));
  keep(JSON.stringify(await client.pages('/v1/redraws', { limit: '100' })));
  const orders = all.flatMap((transaction) => transaction.orders.map(({ id }) => id));
  await mapConcurrent(orders.slice(0, 60), (id) => ask(`/v1/orders/${id}`));
  await mapConcurrent(all.slice(0, 8), async ({ id }) => {
    await ask(`/v1/transactions/${id}/reconcile`, 'POST');
    await ask(`/v3/order_transaction/${id}`);
    keepResult((await client.ask(`/v1/transactions/${id}/results`)).text);
    keepResult((await client.ask(`/v1/transactions/${id}/results.pdf`)).text);
    keepResult((await client.ask(`/v1/transactions/${id}/patient`)).text);
  });
  const { quarantined } = (await client.ask('/v1/quarantine')).json as { quarantined: { id: string }[] };
  for (const { id } of quarantined.slice(0, 3)) await ask(`/v1/quarantine/${id}/replay`, 'POST');
  const paths = ['/v1/quarantine', '/v1/summary', '/v1/summary/history', '/v1/critical-results'];
  const holding = [
    '/v1/orders/',
    '/v1/transactions/',
    '/v1/transactions?status=',
    '/v1/transactions?cursor=',
  ];
  for (const path of paths) await ask(path);
  for (const path of [...holding, '/v1/search?q=']) await ask(path + PATIENT);
  const acknowledgement = (id: string) => `/v1/redraws/${id}/acknowledgement`;
  await ask(`/v1/transactions/${PATIENT}/results`);
  await ask(`/v1/quarantine/${PATIENT}/replay`, 'POST');
  await ask(`${acknowledgement(all[0]?.id ?? '')}?by=ops&reason=${PATIENT}`, 'DELETE');
  const critical = `/v1/orders/${orderId(1)}/critical-result/acknowledgement`;
  for (const more of [{ note: PATIENT }, {}]) {
    const body = JSON.stringify({ by: 'ops', told: 'Dr. Lee', channel: 'phone', read_back: true, ...more });
    keep((await client.ask(critical, { method: 'PUT', body })).text);
  }
  const [{ id = '' } = {}] = all;
  const typed = await client.ask(`/v1/transactions/${id}/notes`, {
    method: 'POST',
    body: JSON.stringify({ kind: 'called', text: TYPED }),
  });
  expect([typed.status, typed.text.includes(TYPED)]).toEqual([201, true]);
  await client.ask(`/v1/transactions/${id}/assignment`, {
    method: 'PUT',
    body: JSON.stringify({ assignee: 'ops' }),
  });
  const note = { by: 'ops', note: { [PATIENT]: PATIENT } };
  keep((await client.ask(acknowledgement(PATIENT), { method: 'PUT', body: JSON.stringify(note) })).text);
}
