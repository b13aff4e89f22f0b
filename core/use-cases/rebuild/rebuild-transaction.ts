import { isDeepStrictEqual } from 'node:util';
import { retryOnConflict } from '../../concurrency/retry.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { UNMARKED } from '../../domain/redraw/redraw-marks.ts';
import { contributionOf } from '../../domain/transaction/contribution.ts';
import {
  deleteAsRead,
  intactTransaction,
  ordersNamedBy,
  readRawTransaction,
  salvagedMarks,
} from '../../store/damaged-transactions.ts';
import type { Item } from '../../store/table.ts';
import {
  lifeBegunBy,
  nextRevision,
  type StoredTransaction,
  type TransactionMarks,
  transactionItem,
} from '../../store/transaction-item.ts';
import { deleteTransaction, writeTransaction } from '../../store/transactions.ts';
import type { Projection } from '../recompute.ts';
import { type Members, membersOf, type UntoldOrder } from './rebuild-members.ts';

/** What was wrong with a transaction's item. */
export type Fault = 'missing' | 'unreadable' | 'differs' | 'orphan';

/** What one transaction was found to be, and, unless it is a dry run, is no longer. */
export interface Rebuilt {
  readonly fault: Fault | null;
  /** The attributes of the item that differed. */
  readonly fields: readonly string[];
  /** The orders that belong to it. */
  readonly orders: readonly string[];
  readonly untold: readonly UntoldOrder[];
  /** Other transactions that have to be looked at because of this one. */
  readonly others: ReadonlySet<string>;
}

export interface Rebuilding extends Projection {
  /** Only finds; writes nothing. */
  readonly dryRun: boolean;
  /** What no order names is removed; not before every order has been brought to where it belongs. */
  readonly removeOrphans: boolean;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/**
 * Works a transaction out from its orders' records alone and writes it where it differs: on condition that nobody
 * wrote it since it was read. The records are read after the item, so they hold all that a recompute could have
 * brought into it by then, and what it held before is not needed. `candidates` are orders that may belong to it.
 */
export async function rebuildTransaction(
  rebuilding: Rebuilding,
  id: string,
  candidates: readonly string[] = [],
): Promise<Rebuilt> {
  if (rebuilding.dryRun) return (await examine(rebuilding, id, candidates)).found;
  let last: Rebuilt = NOTHING;
  const untold: UntoldOrder[] = [];
  await retryOnConflict(rebuilding.pause, async () => {
    const { found, write } = await examine(rebuilding, id, candidates);
    untold.push(...found.untold);
    last = { ...found, untold };
    return write();
  });
  return last;
}

const NOTHING: Rebuilt = { fault: null, fields: [], orders: [], untold: [], others: new Set() };

type Write = () => Promise<'written' | 'conflict'>;

interface Examined {
  readonly found: Rebuilt;
  readonly write: Write;
}

const nothingToWrite: Write = async () => 'written';

async function examine(rebuilding: Rebuilding, id: string, candidates: readonly string[]): Promise<Examined> {
  const { table, dryRun, removeOrphans } = rebuilding;
  const item = await readRawTransaction(table, id);
  const named = item ? ordersNamedBy(item) : [];
  // A provisional transaction has the id of its order.
  const own = item?.provisional === false && named.length > 0 ? [] : [id];
  const members = await membersOf(table, id, [...named, ...candidates, ...own], dryRun);
  const found = {
    orders: members.records.map((record) => record.id),
    untold: members.untold,
    others: members.others,
  };
  if (members.records.length === 0) {
    if (!item || !removeOrphans)
      return { found: { ...found, fault: null, fields: [] }, write: nothingToWrite };
    return {
      found: { ...found, fault: 'orphan', fields: [] },
      write: () => remove(rebuilding, id, item, members),
    };
  }
  const stored = item && intactTransaction(item);
  const next = worked(rebuilding, id, members.records, item);
  const fields = differing(item, transactionItem(next));
  if (fields.length === 0) return { found: { ...found, fault: null, fields }, write: nothingToWrite };
  const fault = item === null ? 'missing' : stored === null ? 'unreadable' : 'differs';
  return {
    found: { ...found, fault, fields },
    write: () => replace(rebuilding, next, item, stored, members.records),
  };
}

/** The transaction as its records and the marks that were set on it make it. */
function worked(
  { clocks, now }: Rebuilding,
  id: string,
  records: readonly OrderRecord[],
  item: Item | null,
): StoredTransaction {
  const contributions = Object.fromEntries(records.map((record) => [record.id, contributionOf(record)]));
  const provisional = records.every((record) => record.transactionIds.length === 0);
  // Consumers tell events apart by these. Where one is lost, the time makes one that there never was: no item was ever
  // written so often.
  const revision = lastRevision(item) ?? now();
  const born = item && isLife(item.born) ? item.born : `${lifeBegunBy(contributions)}.${now()}`;
  const marks: TransactionMarks = item
    ? salvagedMarks(item)
    : { marks: UNMARKED, checked_at: null, check_at: null, unanswered: null };
  return nextRevision({ id, provisional, contributions, after: { ...marks, revision, born } }, clocks);
}

function lastRevision(item: Item | null): number | null {
  const revision = item?.revision;
  return typeof revision === 'number' && Number.isSafeInteger(revision) && revision > 0 ? revision : null;
}

/** An item that was written before there were lives says nothing of its own. */
function isLife(born: unknown): born is string | undefined {
  return born === undefined || typeof born === 'string';
}

/** Which write it is says nothing of what is in an item. */
function onlyCounts(item: Item | null, name: string): boolean {
  if (name === 'revision') return lastRevision(item) !== null;
  return name === 'born' && item !== null && isLife(item.born);
}

/** The attributes in which an item differs from the one that should be there. */
function differing(item: Item | null, next: Item): string[] {
  const names = new Set([...Object.keys(item ?? {}), ...Object.keys(next)]);
  return [...names]
    .filter((name) => !onlyCounts(item, name))
    .filter((name) => !isDeepStrictEqual(item?.[name], next[name]))
    .sort();
}

async function replace(
  { table }: Rebuilding,
  next: StoredTransaction,
  item: Item | null,
  stored: StoredTransaction | null,
  records: readonly OrderRecord[],
): Promise<'written' | 'conflict'> {
  // Nobody downstream could read a change from something unreadable: it goes first, and what comes is new.
  if (item && !stored && !(await deleteAsRead(table, next.id, item))) return 'conflict';
  // An order may leave while it is being brought in, and then would never leave again.
  const entering = records.filter((record) => !stored || !(record.id in stored.contributions));
  const outcome = await writeTransaction(table, next, stored, entering);
  return outcome === 'written' ? 'written' : 'conflict';
}

/** Takes away a transaction that no order names. What was set on it goes along to where its orders are now. */
async function remove(
  rebuilding: Rebuilding,
  id: string,
  item: Item,
  { others }: Members,
): Promise<'written' | 'conflict'> {
  const { table } = rebuilding;
  const { marks } = salvagedMarks(item);
  if (marks.progress !== null) {
    for (const other of others) await bringMarks(rebuilding, other, { marks });
  }
  const stored = intactTransaction(item);
  if (stored) return (await deleteTransaction(table, id, stored)) === 'written' ? 'written' : 'conflict';
  return (await deleteAsRead(table, id, item)) ? 'written' : 'conflict';
}

/** Sets marks on a transaction that has none, where they still hold there. */
async function bringMarks(
  { table, clocks, pause }: Rebuilding,
  id: string,
  brought: Pick<TransactionMarks, 'marks'>,
): Promise<void> {
  await retryOnConflict(pause, async () => {
    const item = await readRawTransaction(table, id);
    const stored = item && intactTransaction(item);
    if (!stored || stored.marks.progress !== null) return 'written';
    const next = nextRevision({ ...stored, after: stored }, clocks, brought);
    if (next.marks.progress === null) return 'written';
    const outcome = await writeTransaction(table, next, stored);
    return outcome === 'written' ? 'written' : 'conflict';
  });
}
