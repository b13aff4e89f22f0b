import type { Instant } from '../../domain/instant.ts';
import { needsNoKey } from '../../domain/members/correction-checks.ts';
import { isWithheld } from '../../domain/stored/incompleteness.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { resultsReportedAt } from '../../domain/transaction/reported-results.ts';
import type { Transaction } from '../../domain/transaction/transaction.ts';
import { reviewOf } from '../../domain/worklist/reviewed.ts';
import { type Worklist, worklistEntryOf } from '../../domain/worklist/worklist-entry.ts';
import { timeInKey, timeKey } from '../stored-times.ts';
import { bucketOf, type Item } from '../table.ts';
import { clientPlace, type UserPlace, userPlace } from './user-places.ts';
import { WORKLIST_PARTITIONS } from './worklist-partitions.ts';

/** The partitions of the index of transactions by status. */
export const statusPartition = (status: string) => `STATUS#${status}`;
/** The partitions of the index of transactions with results, by the time of the lab's newest report. */
export const RESULTS_PARTITIONS = { unreviewed: 'RESULTS', reviewed: 'REVIEWED' } as const;
/** The partition of the index of checks. */
export const CHECKS = 'CHECK';
/** The partition of that index with the transactions whose changes are not published yet, because they lack an order. */
export const INCOMPLETE = 'INCOMPLETE';
/** The partition of that index with the transactions that a sweep without an API key looks at too. */
export const CORRECTIONS = 'CORRECTION';

/** The sort key for newest first, also for transactions whose creation time is unknown. */
export const creationKey = ({ created_at, updated_at, heard_at }: Transaction, id: string) =>
  timeKey(created_at ?? updated_at ?? heard_at, id);

/** The keys of a transaction in the indexes that list it. A key of the table makes an entry unique. */
export function indexKeys(held: StoredTransaction): Item {
  const { id, status, user_id, client_user_id } = held;
  const newest = creationKey(held, id);
  return {
    s_pk: bucketOf(statusPartition(status), id),
    s_sk: newest,
    ...(user_id !== null && userKeys(userPlace(user_id), newest)),
    ...(client_user_id !== null && clientKeys(clientPlace(client_user_id), newest)),
    ...resultsKeys(held),
    ...worklistKeys(held),
    ...checkKeys(held),
  };
}

/** The list of checks that a transaction is in. */
function checksOf(held: StoredTransaction): string {
  if (isWithheld(held)) return INCOMPLETE;
  return needsNoKey(held.contributions) ? CORRECTIONS : CHECKS;
}

function resultsKeys(held: StoredTransaction): Item {
  const at = resultsReportedAt(held);
  if (at === null) return {};
  const partition = RESULTS_PARTITIONS[reviewOf(held) ? 'reviewed' : 'unreviewed'];
  return { r_pk: bucketOf(partition, held.id), r_sk: timeKey(at, held.id) };
}

const userKeys = ({ partition, exactly }: UserPlace, newest: string) => ({
  u_pk: partition,
  u_sk: exactly + newest,
});

const clientKeys = ({ partition, exactly }: UserPlace, newest: string) => ({
  c_pk: partition,
  c_sk: exactly + newest,
});

function worklistKeys(stored: StoredTransaction): Item {
  const entry = worklistEntryOf(stored);
  if (entry === null) return {};
  const { list, at } = entry;
  return { d_pk: bucketOf(WORKLIST_PARTITIONS[list], stored.id), d_sk: timeKey(at, stored.id) };
}

/**
 * The entry in a list of checks. A check that the sweep makes anyway by then, because the transaction is due before, has none: it
 * would cost two writes.
 */
function checkKeys(held: StoredTransaction): Item {
  const { id, check_at } = held;
  if (check_at === null) return {};
  const list = checksOf(held);
  const entry = worklistEntryOf(held);
  const isDueBefore =
    entry !== null && LOOKED_AT.has(entry.list) && entry.at !== null && entry.at <= check_at;
  if (list === CHECKS && isDueBefore) return {};
  return { k_pk: bucketOf(list, id), k_sk: timeKey(check_at, id) };
}

/** The worklists that the sweep works through by time, with the same questions to Junction as a check. */
const LOOKED_AT: ReadonlySet<Worklist> = new Set(['watched_redraws', 'watched_orders']);

/** When the sweep looks at the open order of an item next; null if it does not. */
export function orderCheckIn({ d_pk, d_sk }: Item): Instant | null {
  const isPlanned = typeof d_pk === 'string' && d_pk.startsWith(`${WORKLIST_PARTITIONS.watched_orders}#`);
  return isPlanned && typeof d_sk === 'string' ? timeInKey(d_sk) : null;
}
