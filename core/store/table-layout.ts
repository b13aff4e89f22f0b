import type { ChangedPart } from '../domain/change-tokens.ts';

/**
 * The indexes of the table and their key attributes. They hold keys: lists read ids from an index and items from the table. The
 * worklists also hold the team, so that what is shown of them can be counted without the items.
 */
export const INDEXES = {
  by_status: { partitionKey: 's_pk', sortKey: 's_sk' },
  by_user: { partitionKey: 'u_pk', sortKey: 'u_sk' },
  by_client_user: { partitionKey: 'c_pk', sortKey: 'c_sk' },
  open_redraws: { partitionKey: 'd_pk', sortKey: 'd_sk', includes: ['team_id'] },
  by_results: { partitionKey: 'r_pk', sortKey: 'r_sk' },
  checks: { partitionKey: 'k_pk', sortKey: 'k_sk' },
} as const satisfies Record<string, IndexLayout>;

export interface IndexLayout {
  readonly partitionKey: string;
  readonly sortKey: string;
  /** The attributes that the index holds beside keys. */
  readonly includes?: readonly string[];
}

/** The partitions of the index by status that list the orders with a critical result. Other orders are in no index. */
export const CRITICAL_PARTITIONS = { open: 'CRITICAL#open', acknowledged: 'CRITICAL#acknowledged' } as const;

export type IndexName = keyof typeof INDEXES;

/** The kinds of items in the table. Each is the prefix of a partition key. */
export const ITEM_KINDS = [
  'ORDER',
  'TX',
  'MATCH_REVIEW',
  'COUNTERS',
  'INSIGHTS',
  'HEARTBEAT',
  'MARK',
  'NOTICE',
  'PLACEMENT',
  'BOOKING',
  'MESSAGE',
  'SENT_SMS',
  'PATIENT',
  'NOTE',
  'OWNER_MAIL',
  'VIEWS',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/**
 * What a write of each kind of item changes for readers. Null: nothing that a page shows, or what another write marks too. An
 * order's change is marked when it is recomputed, and counts follow a marked change within seconds.
 */
export const CHANGED_PARTS: Readonly<Record<ItemKind | 'QUARANTINE', ChangedPart | null>> = {
  ORDER: null,
  // Or the rest, if it is and was on no list.
  TX: 'worklist',
  MATCH_REVIEW: 'worklist',
  NOTE: 'rest',
  MESSAGE: 'rest',
  PATIENT: 'rest',
  NOTICE: 'rest',
  VIEWS: 'rest',
  // In a table of its own, written with the same client.
  QUARANTINE: 'rest',
  PLACEMENT: null,
  BOOKING: null,
  COUNTERS: null,
  INSIGHTS: null,
  HEARTBEAT: null,
  MARK: null,
  SENT_SMS: null,
  OWNER_MAIL: null,
};

/** The keys of an item in the table. */
export type ItemKey = Readonly<Record<'pk' | 'sk', string>>;

/** The key of an item; messages, notes, insights, orders and transactions have their own sort keys. Each kind has its own partition keys, which the functions' permissions are based on. */
export function itemKey(kind: ItemKind, id: string): ItemKey {
  return { pk: `${kind}#${id}`, sk: kind };
}

/** The kinds of items that are found by the beginning of their id. */
const SEARCHABLE_KINDS = ['ORDER', 'TX'] as const;
export type SearchableKind = (typeof SEARCHABLE_KINDS)[number];

/** How many characters of an id a search needs at least. */
export const SEARCHABLE_LENGTH = 8;

/** The parts of an id: its first characters, and the rest. By characters, because half of one cannot be stored. */
export function splitId(id: string): [start: string, rest: string] {
  const start = [...id.slice(0, 2 * SEARCHABLE_LENGTH)].slice(0, SEARCHABLE_LENGTH).join('');
  return [start, id.slice(start.length)];
}

/**
 * The key of an order or a transaction. Its partition is the first characters of the id, so that one query finds the items
 * whose id begins with them. Ids are random, so a partition holds one item as a rule. The sort key begins with the kind,
 * which the filters of the stream go by.
 */
function searchableKey(kind: SearchableKind, id: string): ItemKey {
  const [start, rest] = splitId(id);
  return { pk: `${kind}#${start}`, sk: kind + rest };
}

export const orderKey = (id: string) => searchableKey('ORDER', id);
export const transactionKey = (id: string) => searchableKey('TX', id);

/** Whether a sort key is that of an item of this kind. */
export function isOfKind(kind: SearchableKind, sk: unknown): boolean {
  return typeof sk === 'string' && sk.startsWith(kind);
}

/** The id of an order or a transaction, from the key of its item. */
export function idIn(
  kind: SearchableKind,
  { pk, sk }: { readonly pk?: unknown; readonly sk?: unknown },
): string {
  return String(pk).slice(kind.length + 1) + String(sk).slice(kind.length);
}

/** What an item is called in logs and reports: its kind and id, for example `ORDER#6424dd45-…`. */
export function itemName({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string {
  const kind = SEARCHABLE_KINDS.find((one) => isOfKind(one, sk));
  return kind ? `${kind}#${idIn(kind, { pk, sk })}` : String(pk);
}

/** The time-to-live attribute, in seconds since 1970. Of ours, only quarantined webhooks, placements, the provider's ids of SMS, the keys of repeated requests and what says that an owner got a mail expire. */
export const TIME_TO_LIVE = 'expires_at';

/**
 * The attribute of an item that an export brought. Its arrival is no change: whatever follows from it is in the export too. So the
 * readers of the stream leave out its first record.
 */
export const LOADED = 'loaded';

/**
 * The kinds of items that the service keeps of its own work. Also a table without any order has them, and they can be written over.
 */
export const KINDS_OF_SERVICE: readonly ItemKind[] = ['HEARTBEAT', 'MARK', 'NOTICE', 'COUNTERS', 'INSIGHTS'];

/** The kind of an item, by its partition key. */
export const kindOf = ({ pk }: Pick<ItemKey, 'pk'>) => pk.slice(0, pk.indexOf('#'));

/** The form of what is stored. Raise it with a change that would misread older items: an export of another form is not loaded. */
export const STORED_FORM = 1;

/** The stream view type: the outbox compares both images. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES';
