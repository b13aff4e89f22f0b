import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { isOpen } from '../domain/redraw.ts';
import { allBuckets, type Table } from './table.ts';
import {
  readTransactionItem,
  STALE,
  type StoredTransaction,
  statusPartition,
  WATCHED,
} from './transaction-item.ts';

/** A list of transactions: the partitions of an index that hold it, their order, and what belongs in it. */
export interface TransactionList {
  readonly index: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly partitions: readonly string[];
  readonly newestFirst: boolean;
  readonly belongs: (transaction: StoredTransaction) => boolean;
}

/** A page of a list, and the place after which the next one starts; null at the end. */
export interface Page {
  readonly transactions: readonly StoredTransaction[];
  readonly next: string | null;
}

export interface PageRequest {
  /** How many transactions at most: 1 to 100. */
  readonly limit: number;
  /** The place the page before ended at; null for the first page. */
  readonly after: string | null;
}

interface IndexEntry {
  readonly pk: string;
  readonly place: string;
}

const BATCH_GET_ATTEMPTS = 5;

/** The transactions in any of the given statuses, newest first. */
export function byStatus(statuses: readonly string[]): TransactionList {
  return {
    index: 'by_status',
    partitionKey: 'status_pk',
    sortKey: 'status_sk',
    partitions: statuses.flatMap((status) => allBuckets(statusPartition(status))),
    newestFirst: true,
    belongs: (transaction) => statuses.includes(transaction.status),
  };
}

/** The transactions with an open redraw, the most overdue first; or only those flagged as stale. */
export function byDueTime(only: 'open' | 'stale'): TransactionList {
  const partitions = only === 'stale' ? [STALE] : [STALE, WATCHED];
  return {
    index: 'open_redraws',
    partitionKey: 'due_pk',
    sortKey: 'due_sk',
    partitions: partitions.flatMap(allBuckets),
    newestFirst: false,
    belongs: ({ redraw, marks }) => isOpen(redraw) && (only === 'open' || marks.stale_since !== null),
  };
}

/**
 * A page of a list. Keys come from the index, which follows the table with a short delay; what no longer belongs in
 * the list is left out, so a page can be shorter than its limit although another follows.
 */
export async function listTransactions(
  table: Table,
  list: TransactionList,
  request: PageRequest,
): Promise<Page> {
  const found = await Promise.all(
    list.partitions.map((partition) => firstOf(table, list, partition, request)),
  );
  // Each bucket gave its first: the first of all are among them.
  const entries = distinct(found.flat()).sort((a, b) => (a.place < b.place ? -1 : 1));
  if (list.newestFirst) entries.reverse();
  const page = entries.slice(0, request.limit);
  const transactions = await readAll(table, page);
  return {
    transactions: transactions.filter(list.belongs),
    next: entries.length > page.length ? (page.at(-1)?.place ?? null) : null,
  };
}

/** A transaction that moves between two queries is found in both partitions; a batch takes a key once. */
function distinct(entries: readonly IndexEntry[]): IndexEntry[] {
  return [...new Map(entries.map((entry) => [entry.pk, entry])).values()];
}

async function firstOf(
  table: Table,
  { index, partitionKey, sortKey, newestFirst }: TransactionList,
  partition: string,
  { limit, after }: PageRequest,
): Promise<IndexEntry[]> {
  const beyond = newestFirst ? '<' : '>';
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: index,
      KeyConditionExpression: after === null ? '#pk = :pk' : `#pk = :pk AND #sk ${beyond} :after`,
      ExpressionAttributeNames: { '#pk': partitionKey, ...(after === null ? {} : { '#sk': sortKey }) },
      ExpressionAttributeValues: { ':pk': partition, ...(after === null ? {} : { ':after': after }) },
      ScanIndexForward: !newestFirst,
      // One more than asked for tells whether another page follows.
      Limit: limit + 1,
    }),
  );
  return Items.map((item) => ({ pk: String(item.pk), place: String(item[sortKey]) }));
}

/** Reads the items themselves, consistently, in the order of the entries; those deleted meanwhile are left out. */
async function readAll(table: Table, entries: readonly IndexEntry[]): Promise<StoredTransaction[]> {
  const byKey = new Map<string, StoredTransaction>();
  let keys: Record<string, unknown>[] = entries.map(({ pk }) => ({ pk, sk: 'TX' }));
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === BATCH_GET_ATTEMPTS)
      throw new Error('the table kept back items of a batch again and again');
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[table.name] ?? []) byKey.set(String(item.pk), readTransactionItem(item));
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return entries.flatMap(({ pk }) => byKey.get(pk) ?? []);
}
