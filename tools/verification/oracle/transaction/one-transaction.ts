/** One transaction of small orders, for tests. */
import { delivered, event, transaction, walkIn } from '../bodies.ts';
import { expectedState } from '../oracle.ts';
import type { Json } from '../reading/spelling.ts';
import type { ExpectedTransaction } from './transaction-truth.ts';

export function held(...bodies: Json[]): ExpectedTransaction {
  const state = expectedState(bodies.map((body) => delivered(body)));
  const [only, ...others] = state.transactions.values();
  if (!only || others.length > 0) throw new Error('expected exactly one transaction');
  return only;
}

/** An order of transaction 1, created on day n. */
export function order(n: number, low: string, at: string, fields: Json = {}): Json {
  return walkIn(n, [event(n, low, at)], { order_transaction: transaction(1, null, []), ...fields });
}

export const codes = (of: ExpectedTransaction) =>
  of.anomalies.map(({ code, order_id }) => `${code} ${Number(order_id.slice(-4))}`);
