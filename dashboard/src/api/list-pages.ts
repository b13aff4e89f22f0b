import type { Transaction, TransactionList } from './answers.ts';

/** Asks for so many transactions after a cursor. */
export type FetchPage = (limit: number, cursor: string | undefined) => Promise<TransactionList>;

/** The most that the API gives at once. */
const MAX_PAGE_SIZE = 100;
/** A filter that lets little through would otherwise have the whole list read for one page of it. */
const MAX_REQUESTS = 3;

/**
 * A page of a filtered list. The API looks at a bounded number of transactions for one answer, which can be short
 * although another follows: then it is asked on until the page is full, `MOST_ROUNDS` times at most.
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
  /** There were more than `most`. */
  readonly cut: boolean;
}

/** Everything a list holds, up to `most`, each made a row as it comes; `read` hears how many there are so far. */
export async function fetchAll<Row>(
  ask: FetchPage,
  rowOf: (transaction: Transaction) => Row,
  most: number,
  read: (count: number) => void,
): Promise<FetchedList<Row>> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(MAX_PAGE_SIZE, cursor);
    rows.push(...page.transactions.map(rowOf));
    cursor = page.next_cursor ?? undefined;
    read(Math.min(rows.length, most));
  } while (cursor !== undefined && rows.length < most);
  return { rows: rows.slice(0, most), cut: cursor !== undefined || rows.length > most };
}
