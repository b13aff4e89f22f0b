import { object, orNull } from '../reading/readers.ts';
import { type ReadBy, readStrictly } from '../reading/reading.ts';
import { listOf, uuidOrNull } from './fields.ts';
import { isObject, parseJson } from './json.ts';
import { isSame } from './subject.ts';

/** The results of one order, whose transaction is null if it is not known, or the combined ones of a transaction. */
export type ResultsOf =
  | { readonly orderId: string; readonly transactionId: string | null }
  | { readonly orderId: null; readonly transactionId: string };

/** Results name no order, but the transaction of their order, with all its orders. */
export const originFields = {
  order_transaction: orNull(object({ id: uuidOrNull, orders: listOf(orNull(object({ id: uuidOrNull }))) })),
};
const resultOrigin = object(originFields);

/** The fields of `originFields` that must be readable, if they are there. */
export const NEEDED_OF_ORIGIN = ['order_transaction', 'order_transaction.id', 'order_transaction.orders'];

/** Whether a body holds results in Junction's form, and of what was asked. */
export function areLabResults(bytes: Buffer, of: ResultsOf): boolean {
  const json = parseJson(bytes);
  const data = readStrictly(resultOrigin, json);
  return data !== undefined && areOf(of, data) && isObject(json) && 'metadata' in json && 'results' in json;
}

/** Whether results are of the order or transaction. An order that has moved is in the list of its new transaction. */
export function areOf({ orderId, transactionId }: ResultsOf, results: ReadBy<typeof resultOrigin>): boolean {
  const { id = null, orders = [] } = results.order_transaction ?? {};
  if (orderId !== null && orders.some((one) => one?.id === orderId)) return true;
  return isSame(transactionId, id) && (transactionId !== null || orders.length === 0);
}
