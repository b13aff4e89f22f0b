import * as z from 'zod';
import { Problem } from '../../lib/problems/problem.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { readToken } from '../deployment/token.ts';

const explained = z.object({ explanation: z.looseObject({ text: z.array(z.string()) }) });
const inTransaction = z.object({ order_transaction_id: z.string() });
const problem = z.object({ title: z.string(), detail: z.string().nullish() });

/**
 * What the API explains of a transaction.
 *
 * @param id of the transaction or of one of its orders
 * @throws Problem if neither exists, or the API refuses the request
 */
export async function explanationOf(deployment: Deployment, id: string) {
  const token = await readToken(deployment);
  if (token === undefined)
    throw new Problem('Your own issuer issues the tokens. Set TOKEN to a token with transactions/read.');
  const get = (path: string) =>
    fetch(deployment.url + path, { headers: { authorization: `Bearer ${token}` } });
  const ofTransaction = (transaction: string) =>
    get(`/v1/transactions/${encodeURIComponent(transaction)}?explain=true`);
  let response = await ofTransaction(id);
  if (response.status === 404) {
    const order = await get(`/v1/orders/${encodeURIComponent(id)}`);
    if (order.status === 404) throw new Problem(`${deployment.url} has no transaction or order ${id}.`);
    if (!order.ok) throw await refusal(order);
    response = await ofTransaction(inTransaction.parse(await order.json()).order_transaction_id);
  }
  if (!response.ok) throw await refusal(response);
  return explained.parse(await response.json()).explanation;
}

async function refusal(response: Response): Promise<Problem> {
  const { data } = problem.safeParse(await response.json().catch(() => null));
  const said = data ? `: ${data.detail ?? data.title}` : '';
  return new Problem(`${response.url} returned ${response.status}${said}`);
}
