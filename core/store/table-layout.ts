/** The indexes of the table and their key attributes. They hold keys only: lists read ids from an index and items from the table. */
export const INDEXES = {
  by_status: { partitionKey: 'status_pk', sortKey: 'status_sk' },
  by_user: { partitionKey: 'user_pk', sortKey: 'user_sk' },
  by_client_user: { partitionKey: 'client_pk', sortKey: 'client_sk' },
  open_redraws: { partitionKey: 'due_pk', sortKey: 'due_sk' },
  checks: { partitionKey: 'check_pk', sortKey: 'check_sk' },
} as const;

/** The partitions of the index by status that list the orders with a critical result. Other orders are in no index. */
export const CRITICAL_PARTITIONS = { open: 'CRITICAL#open', acknowledged: 'CRITICAL#acknowledged' } as const;

export type IndexName = keyof typeof INDEXES;

/** The kinds of items in the table. Each is the prefix of a partition key, and the whole sort key. */
export type ItemKind =
  | 'ORDER'
  | 'TX'
  | 'MATCH_REVIEW'
  | 'QUARANTINE'
  | 'COUNTERS'
  | 'INSIGHTS'
  | 'HEARTBEAT'
  | 'MARK'
  | 'PLACEMENT'
  | 'BOOKING'
  | 'MESSAGE'
  | 'SENT_SMS'
  | 'PATIENT';

/** The key of an item; messages and insights have their own sort keys. Each kind has its own partition keys, which the functions' permissions go by. */
export function itemKey(kind: ItemKind, id: string) {
  return { pk: `${kind}#${id}`, sk: kind };
}

export const orderKey = (id: string) => itemKey('ORDER', id);
export const transactionKey = (id: string) => itemKey('TX', id);

/** What the table deletes an item by, in seconds since 1970. Of ours, only quarantine, placements and the provider's ids of SMS expire. */
export const TIME_TO_LIVE = 'expires_at';

/** What the stream has of each change: the outbox compares both images. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES';
