/** Transactions to list, and the lists of the API. */
import { expect } from 'vitest';
import {
  event,
  listed,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { QueryApi } from '../scene/query-api.ts';

export const clock = (minute: number) => `08:${String(minute).padStart(2, '0')}:00`;

/** A transaction of order `n`, created `n` minutes after eight, of a user. */
export const order = (n: number, low: string, user: string, minute = n % 60) => {
  const created_at = march(1, clock(minute));
  const moved = march(2, clock(minute));
  const entry = listed(n, low, moved, { created_at, updated_at: created_at });
  return walkIn(n, [event(1, 'ordered', created_at), event(2, low, moved)], {
    created_at,
    updated_at: created_at,
    user_id: user,
    order_transaction: transaction(n, null, [entry]),
  });
};

export interface Page {
  readonly transactions: { id: string; status: string; team_id: string | null }[];
  readonly next_cursor: string | null;
}

export async function page(api: QueryApi, url: string): Promise<Page> {
  const { status, json, text } = await api.get(url);
  expect(status, text).toBe(200);
  return json as unknown as Page;
}

/**
 * The ids in a list, page by page.
 * @param between called between two pages, with the number of ids so far
 */
export async function walk(
  api: QueryApi,
  url: string,
  between: (seen: number) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? url : `${url}&cursor=${cursor}`;
    const { transactions, next_cursor }: Page = await page(api, next);
    ids.push(...transactions.map(({ id }) => id));
    cursor = next_cursor;
    if (cursor !== null) await between(ids.length);
  } while (cursor !== null);
  return ids;
}

export const newestFirst = (ns: readonly number[]) => ns.toSorted((a, b) => b - a).map(transactionId);
export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
