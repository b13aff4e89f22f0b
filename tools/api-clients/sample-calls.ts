import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Access, Called } from './calls/called.ts';
import { GENERATORS } from './generators.ts';
import { generated } from './paths.ts';

type Program = (access: Access) => Promise<Called>;

/** A token by client credentials, with these scopes. */
async function tokenFor(url: string, scope: string): Promise<string> {
  const response = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('local:local')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  assert.equal(response.status, 200);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Registers an order by fetch alone, and waits until its transaction is there. */
async function register({ url, token, orderId, transactionId }: Access): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ order_transaction_id: transactionId });
  assert.equal((await fetch(`${url}/v1/orders/${orderId}`, { method: 'PUT', headers, body })).status, 200);
  for (let attempts = 0; attempts < 200; attempts += 1) {
    if ((await fetch(`${url}/v1/transactions/${transactionId}`, { headers })).status === 200) return;
    await sleep(100);
  }
  throw new Error('The transaction of a registered order was not there in time.');
}

/**
 * Lets the program of each client call the API, and compares what they saw.
 *
 * @throws {assert.AssertionError} if one saw something else
 */
export async function callAll(url: string): Promise<void> {
  const token = await tokenFor(url, 'transactions/read orders/write redraws/write');
  const readingToken = await tokenFor(url, 'transactions/read');
  const access = () => ({ url, token, readingToken, orderId: randomUUID(), transactionId: randomUUID() });
  const [first, second] = [access(), access()];
  for (const one of [first, second]) await register(one);
  const expected: Called = {
    registered: first.transactionId,
    status: 'active',
    orders: 1,
    listed: [first.transactionId, second.transactionId],
    missing: [404, 'There is no transaction with this ID.'],
    invalid: [400, 'The parameter limit is invalid: it must be between 1 and 100.'],
    forbidden: 403,
    noRedraw: [409, 'The transaction has no open redraw and needs no decision.'],
  };
  for (const name of GENERATORS) {
    const file = pathToFileURL(join(generated, 'js/calls', `${name}.js`));
    const { call }: { call: Program } = await import(file.href);
    assert.deepEqual(await call(first), expected, name);
  }
}
