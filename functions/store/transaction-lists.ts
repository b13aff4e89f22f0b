import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { allBuckets, type Table } from './table.ts';
import { readTransactionItem, type StoredTransaction, statusPartition } from './transaction-item.ts';

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

/**
 * The transactions in any of the given statuses, newest first. Keys come from the index, which follows the table
 * with a short delay; what has left the statuses meanwhile is left out, so a page can be shorter than its limit
 * although another follows.
 */
export async function listByStatus(
  table: Table,
  statuses: readonly string[],
  request: PageRequest,
): Promise<Page> {
  const partitions = statuses.flatMap((status) => allBuckets(statusPartition(status)));
  const found = await Promise.all(partitions.map((partition) => newestOf(table, partition, request)));
  // Each bucket gave its newest: the newest of all are among them.
  const entries = distinct(found.flat()).sort((a, b) => (a.place < b.place ? 1 : -1));
  const page = entries.slice(0, request.limit);
  const transactions = await readAll(table, page);
  return {
    transactions: transactions.filter((transaction) => statuses.includes(transaction.status)),
    next: entries.length > page.length ? (page.at(-1)?.place ?? null) : null,
  };
}

/** A transaction whose status changes between two queries is found in both partitions; a batch takes a key once. */
function distinct(entries: readonly IndexEntry[]): IndexEntry[] {
  return [...new Map(entries.map((entry) => [entry.pk, entry])).values()];
}

async function newestOf(
  table: Table,
  partition: string,
  { limit, after }: PageRequest,
): Promise<IndexEntry[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: 'by_status',
      KeyConditionExpression: after === null ? '#pk = :pk' : '#pk = :pk AND #sk < :after',
      ExpressionAttributeNames: { '#pk': 'status_pk', ...(after === null ? {} : { '#sk': 'status_sk' }) },
      ExpressionAttributeValues: { ':pk': partition, ...(after === null ? {} : { ':after': after }) },
      ScanIndexForward: false,
      // One more than asked for tells whether another page follows.
      Limit: limit + 1,
    }),
  );
  return Items.map((item) => ({ pk: String(item.pk), place: String(item.status_sk) }));
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
