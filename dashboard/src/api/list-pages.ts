import type { Transaction, TransactionList } from './answers.ts';

/** Fetches up to `limit` transactions after a cursor. */
export type FetchPage = (limit: number, cursor: string | undefined) => Promise<TransactionList>;

/** The API's largest page. */
const MAX_PAGE_SIZE = 100;
/** Bounds the requests for one page of a filter that few transactions match. */
const MAX_REQUESTS = 3;

/**
 * A page of a filtered list. The API examines a bounded number of transactions per request, so a page can be short
 * although more follow. Requests the rest, up to `MAX_REQUESTS` times.
 */
export async function filledPage(
  ask: FetchPage,
  size: number,
  after: string | undefined,
): Promise<TransactionList> {
  const transactions: Transaction[] = [];
  let cursor = after;
  for (let round = 0; round < MAX_REQUESTS; round += 1) {
    const page = await ask(size - transactions.length, cursor);
    transactions.push(...page.transactions);
    cursor = page.next_cursor ?? undefined;
    if (cursor === undefined || transactions.length >= size) break;
  }
  return { transactions, next_cursor: cursor ?? null };
}

export interface FetchedList<Row> {
  readonly rows: readonly Row[];
  /** There were more than `max`. */
  readonly cut: boolean;
}

/** Fetches up to `limit` entries of any list after a cursor. */
export type FetchItems<Item> = (
  limit: number,
  cursor: string | undefined,
) => Promise<{ readonly items: readonly Item[]; readonly next_cursor: string | null }>;

/** All rows of a list, up to `max`. `read` gets the number of rows so far after each page. */
export async function fetchAll<Item, Row>(
  ask: FetchItems<Item>,
  rowOf: (item: Item) => Row,
  max: number,
  read: (count: number) => void = () => undefined,
): Promise<FetchedList<Row>> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(MAX_PAGE_SIZE, cursor);
    rows.push(...page.items.map(rowOf));
    cursor = page.next_cursor ?? undefined;
    read(Math.min(rows.length, max));
  } while (cursor !== undefined && rows.length < max);
  return { rows: rows.slice(0, max), cut: cursor !== undefined || rows.length > max };
}
