/** The judgement against the truth itself: once Junction was asked about everything, all must be as it is there. */
import { expectedState } from '../oracle.ts';
import type { Delivery } from '../reading/facts.ts';
import { canonical, type Json } from '../reading/spelling.ts';
import { type Circumstances, WITH_CORRECTIONS } from '../rules.ts';

/** What the product shows, or what the oracle expects of it. */
export interface Shown {
  orders: ReadonlyMap<string, unknown>;
  transactions: ReadonlyMap<string, unknown>;
}

/** What answers of the API do not tell, or webhooks and registrations may add where they are silent. */
const NOT_TOLD = new Set(['appointments', 'anomalies', 'missing_results', 'open_order']);
const ADDED_WHERE_SILENT = new Set(['client_user_id', 'user_id', 'team_id', 'order_transaction_id']);

/**
 * What is shown and is not as at Junction; none if all is right. It must be right once each of these orders was asked
 * about later than the last change at Junction, and later than the tolerance after the last wrong fact was received. It
 * must stay right whatever webhook of before arrives again.
 *
 * @param truth the complete orders at Junction, as its API answers, and every order of their transactions
 * @param askedAt when it was asked
 */
export function faultsAgainstTruth(
  { orders, transactions }: Shown,
  truth: readonly Json[],
  askedAt: string,
  circumstances: Circumstances = { rules: WITH_CORRECTIONS },
): string[] {
  const answers = truth.map(
    (order): Delivery => ({ body: JSON.stringify(order), receivedAt: askedAt, askedAt }),
  );
  const right = expectedState(answers, undefined, circumstances);
  const unnamed = [...right.orders.values()].filter((order) => order.order_transaction_id === null);
  const provisional = new Set(unnamed.map(({ id }) => id));
  return [
    ...[...right.orders].flatMap(([id, order]) => faultsOf(`order ${id}`, order, orders.get(id))),
    ...[...right.transactions].flatMap(([id, transaction]) =>
      // Where Junction names no transaction, another source may know one.
      provisional.has(id) ? [] : faultsOf(`transaction ${id}`, transaction, transactions.get(id)),
    ),
  ];
}

function faultsOf(where: string, right: unknown, shown: unknown): string[] {
  if (!isJson(right) || !isJson(shown)) {
    return canonical(right ?? null) === canonical(shown ?? null)
      ? []
      : [`${where}: ${canonical(shown ?? null)} instead of ${canonical(right ?? null)}`];
  }
  return Object.keys(right).flatMap((name) => {
    if (NOT_TOLD.has(name) || (ADDED_WHERE_SILENT.has(name) && right[name] === null)) return [];
    const [one, other] = [right[name], shown[name]];
    if (Array.isArray(one) && Array.isArray(other)) return faultsOfList(`${where}.${name}`, one, other);
    return faultsOf(`${where}.${name}`, one, other);
  });
}

function faultsOfList(where: string, right: unknown[], shown: unknown[]): string[] {
  if (right.length !== shown.length) return [`${where}: ${shown.length} instead of ${right.length}`];
  return right.flatMap((one, index) => faultsOf(`${where}.${index}`, one, shown[index]));
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
