import type { Instant } from '../../domain/instant.ts';
import type { RedrawScope } from '../../domain/redraw/redraw-states.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { hasResults } from '../../domain/transaction/reported-results.ts';
import { reviewOf } from '../../domain/worklist/reviewed.ts';
import { type Worklist, worklistEntryOf } from '../../domain/worklist/worklist-entry.ts';
import { readEach } from '../damaged-items.ts';
import { afterTime } from '../stored-times.ts';
import { allBuckets, type Table } from '../table.ts';
import { idIn } from '../table-layout.ts';
import { intactStored } from './damaged-transactions.ts';
import { RESULTS_PARTITIONS, statusPartition } from './index-keys.ts';
import { type IndexList, type PageRequest, readIndexPage, readItems } from './index-pages.ts';
import { clientPlace, foldedClientUserId, userPlace } from './user-places.ts';
import { WORKLIST_PARTITIONS } from './worklist-partitions.ts';

/** A list of transactions: its partitions in an index, and the rule that includes a transaction. */
export interface TransactionList extends IndexList {
  readonly includes: (transaction: StoredTransaction) => boolean;
}

/** A page of a list, and the place where the next page starts; null at the end. */
export interface Page {
  readonly transactions: readonly StoredTransaction[];
  readonly next: string | null;
}

/** The transactions in any of the given statuses, newest first. */
export function byStatus(statuses: readonly string[]): TransactionList {
  return {
    index: 'by_status',
    partitions: statuses.flatMap((status) => allBuckets(statusPartition(status))),
    newestFirst: true,
    includes: (transaction) => statuses.includes(transaction.status),
  };
}

/** A page of the ids of the active transactions, newest first, and the place of the next page; null at the end. */
export async function activeIds(
  table: Table,
  request: PageRequest,
): Promise<{ ids: string[]; next: string | null }> {
  const { entries, next } = await readIndexPage(table, byStatus(['active']), request);
  return { ids: entries.map((entry) => idIn('TX', entry)), next };
}

/** The transactions with results, partial or final, the newest report first; or only those that nobody has reviewed. */
export function byResults(only?: 'unreviewed'): TransactionList {
  const { unreviewed, reviewed } = RESULTS_PARTITIONS;
  return {
    index: 'by_results',
    partitions: (only ? [unreviewed] : [unreviewed, reviewed]).flatMap(allBuckets),
    newestFirst: true,
    includes: (transaction) => hasResults(transaction) && !(only && reviewOf(transaction)),
  };
}

/** The transactions of one of Junction's users, newest first. */
export function byUser(userId: string): TransactionList {
  const { partition, exactly } = userPlace(userId);
  return {
    index: 'by_user',
    partitions: [partition],
    within: exactly,
    newestFirst: true,
    includes: (transaction) => transaction.user_id === userId,
  };
}

/** The transactions of one of the team's own users, by client user id (case-insensitive), newest first. */
export function byClientUser(clientUserId: string): TransactionList {
  const folded = foldedClientUserId(clientUserId);
  const { partition, exactly } = clientPlace(clientUserId);
  return {
    index: 'by_client_user',
    partitions: [partition],
    within: exactly,
    newestFirst: true,
    includes: ({ client_user_id }) =>
      client_user_id !== null && foldedClientUserId(client_user_id) === folded,
  };
}

/** The transactions of the users whose id begins with these characters, at least `SEARCHABLE_LENGTH`, by user. */
export function byStartOfUser(start: string): TransactionList {
  const { partition, within } = userPlace(start);
  return {
    index: 'by_user',
    partitions: [partition],
    within,
    newestFirst: false,
    includes: ({ user_id }) => user_id?.startsWith(start) === true,
  };
}

/** The same by client user id, case-insensitive. */
export function byStartOfClientUser(start: string): TransactionList {
  const folded = foldedClientUserId(start);
  const { partition, within } = clientPlace(start);
  return {
    index: 'by_client_user',
    partitions: [partition],
    within,
    newestFirst: false,
    includes: ({ client_user_id }) =>
      client_user_id !== null && foldedClientUserId(client_user_id).startsWith(folded),
  };
}

/** The transactions with an open redraw, the most overdue first; or only those flagged as stale. */
export function byDueTime(only: RedrawScope): TransactionList {
  return worklists(only === 'stale' ? ['stale_redraws'] : ['stale_redraws', 'watched_redraws']);
}

/** The transactions with an open redraw that is due at `now` and not flagged yet. */
export function byUnflaggedDueTime(now: Instant): TransactionList {
  return { ...worklists(['watched_redraws']), until: afterTime(now) };
}

/** The transactions with a stalled order, the most overdue first. */
export function byStall(): TransactionList {
  return worklists(['stalled_orders']);
}

/** The transactions that wait for a decision, longest waiting first. */
export function byDecision(): TransactionList {
  return worklists(['decisions']);
}

function worklists(lists: readonly Worklist[]): TransactionList {
  return {
    index: 'open_redraws',
    partitions: lists.flatMap((list) => allBuckets(WORKLIST_PARTITIONS[list])),
    newestFirst: false,
    includes: (transaction) => {
      const entry = worklistEntryOf(transaction);
      return entry !== null && lists.includes(entry.list);
    },
  };
}

/**
 * A page of a list. Keys come from the index, which follows the table with a short delay. Transactions that no longer belong
 * in the list are left out, so a page can be shorter than its limit even if another follows.
 */
export async function listTransactions(
  table: Table,
  list: TransactionList,
  request: PageRequest,
): Promise<Page> {
  const { found, next } = await readPage(table, list, request);
  return { transactions: found.map(({ transaction }) => transaction), next };
}

/** How many index entries a filtered request reads, within one page. */
const MAX_ENTRIES = 500;
/** The size of a batch read. */
const ROUND = 100;

/**
 * A page of the transactions of a list that match a filter. The filter needs the items, so the number of entries read is
 * limited. If few match, a page can be short or empty even if another follows.
 */
export async function filterTransactions(
  table: Table,
  list: TransactionList,
  { limit, after, order, teamId }: PageRequest,
  wanted: (transaction: StoredTransaction) => boolean,
): Promise<Page> {
  const matches: Found[] = [];
  let place = after;
  for (let read = 0, round = limit; read < MAX_ENTRIES; read += round, round = ROUND) {
    const { found, next } = await readPage(table, list, { limit: round, after: place, order, teamId });
    matches.push(...found.filter(({ transaction }) => wanted(transaction)));
    place = matches.length > limit ? (matches[limit - 1]?.place ?? null) : next;
    if (matches.length >= limit || next === null) break;
  }
  return { transactions: matches.slice(0, limit).map(({ transaction }) => transaction), next: place };
}

interface Found {
  readonly transaction: StoredTransaction;
  readonly place: string;
}

/** The transactions of one page of index entries that are in the list, and the place of the next page. */
async function readPage(
  table: Table,
  list: TransactionList,
  request: PageRequest,
): Promise<{ found: Found[]; next: string | null }> {
  const { entries, next } = await readIndexPage(table, list, request);
  const places = new Map(entries.map((entry) => [idIn('TX', entry), entry.place]));
  const items = await readItems(table, entries);
  const found = readEach(table, items, intactStored).flatMap((transaction) => {
    // The index can lag behind the table.
    if (!transaction || !list.includes(transaction)) return [];
    return [{ transaction, place: places.get(transaction.id) ?? '' }];
  });
  return { found, next };
}
