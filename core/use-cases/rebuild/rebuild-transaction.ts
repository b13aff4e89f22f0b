import { isDeepStrictEqual } from 'node:util';
import { retryOnConflict } from '../../concurrency/retry.ts';
import { homeOf } from '../../domain/order/membership.ts';
import { UNMARKED } from '../../domain/redraw/redraw-marks.ts';
import { contributionOf } from '../../domain/transaction/contribution.ts';
import { ownershipOf } from '../../domain/transaction/ownership.ts';
import { departed, type Standing } from '../../domain/transaction/placement.ts';
import {
  type HeldTransaction,
  isEmptied,
  nextHeld,
  remarked,
  type TransactionMarks,
} from '../../domain/transaction/revision.ts';
import type { Contributions } from '../../domain/transaction/transaction-orders.ts';
import {
  deleteAsRead,
  departuresIn,
  intactTransaction,
  ordersNamedBy,
  readRawTransaction,
  salvagedMarks,
} from '../../store/damaged-transactions.ts';
import type { Item } from '../../store/table.ts';
import { transactionItem } from '../../store/transaction-item.ts';
import { readTransaction, writeTransaction } from '../../store/transactions.ts';
import type { Projection } from '../recompute.ts';
import { type Members, membersOf, type UnclaimedOrder } from './rebuild-members.ts';

/** What was wrong with a transaction's item. */
export type Fault = 'missing' | 'unreadable' | 'differs' | 'orphan';

/** What one transaction was found to be, and, unless it is a dry run, is no longer. */
export interface Rebuilt {
  readonly fault: Fault | null;
  /** The attributes of the item that differed. */
  readonly fields: readonly string[];
  /** The orders that belong to it. */
  readonly orders: readonly string[];
  /** Those of them that are set apart: each stands in a transaction under its own id. */
  readonly apart: readonly string[];
  readonly unclaimed: readonly UnclaimedOrder[];
  /** Other transactions that have to be looked at because of this one. */
  readonly others: ReadonlySet<string>;
}

export interface RebuildContext extends Projection {
  /** Only finds; writes nothing. */
  readonly dryRun: boolean;
  /** What no order belongs to is emptied; not before every order has been brought to where it belongs. */
  readonly removeOrphans: boolean;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/**
 * Makes a transaction from its orders' records alone and writes it where it differs: on condition that nobody wrote it
 * since it was read. The records are read after the item, so they hold all that a recompute could have brought into it by
 * then, and what it held before is not needed. `candidates` are orders that may belong to it.
 */
export async function rebuildTransaction(
  context: RebuildContext,
  id: string,
  candidates: readonly string[] = [],
): Promise<Rebuilt> {
  if (context.dryRun) return (await examine(context, id, candidates)).found;
  let last: Rebuilt | undefined;
  const unclaimed: UnclaimedOrder[] = [];
  await retryOnConflict(context.pause, async () => {
    const { found, write } = await examine(context, id, candidates);
    unclaimed.push(...found.unclaimed);
    last = { ...found, unclaimed };
    return write();
  });
  if (!last) throw new Error('the transaction was not looked at');
  return last;
}

type Write = () => Promise<'written' | 'conflict'>;

interface Examined {
  readonly found: Rebuilt;
  readonly write: Write;
}

const nothingToWrite: Write = async () => 'written';

async function examine(
  context: RebuildContext,
  id: string,
  candidates: readonly string[],
): Promise<Examined> {
  const item = await readRawTransaction(context.table, id);
  const named = item ? ordersNamedBy(item) : [];
  // A provisional transaction has the id of its order.
  const members = await membersOf(context.table, id, [...named, ...candidates, id], context.dryRun);
  const standing = await standingOf(context, id, item, members);
  const { contributions } = standing;
  const found = {
    orders: Object.keys(contributions),
    apart: [...ownershipOf(contributions).apart],
    unclaimed: members.unclaimed,
    others: new Set(members.strangers.map(homeOf)),
    fields: [],
  };
  const asItWas = { found: { ...found, fault: null }, write: nothingToWrite };
  const empty = Object.keys(contributions).length === 0;
  if (empty && (!item || !context.removeOrphans)) return asItWas;
  const next = nextOf(context, id, standing, item);
  const fields = differing(item, transactionItem(next));
  if (fields.length === 0) return asItWas;
  const fault = faultOf(item, empty);
  return {
    found: { ...found, fault, fields: empty ? [] : fields },
    write: () => replace(context, next, item, members),
  };
}

function faultOf(item: Item | null, empty: boolean): Fault {
  if (item === null) return 'missing';
  if (empty) return 'orphan';
  return intactTransaction(item) === null ? 'unreadable' : 'differs';
}

/** What the records make of the transaction, and which orders its item held that belong elsewhere. */
async function standingOf(
  context: RebuildContext,
  id: string,
  item: Item | null,
  { records, strangers }: Members,
): Promise<Standing> {
  const contributions: Contributions = Object.fromEntries(
    records.map((record) => [record.id, contributionOf(record)]),
  );
  let standing: Standing = { contributions, departures: item ? departuresIn(item) : {} };
  for (const stranger of strangers) {
    if (stranger.id === id) {
      const apart = await setApartFrom(context, stranger.id, homeOf(stranger));
      if (apart) {
        const contribution = { ...contributionOf(stranger), apart_from: homeOf(stranger) };
        standing = { ...standing, contributions: { ...contributions, [id]: contribution } };
        continue;
      }
    }
    if (stranger.claimedBy.includes(id) || (stranger.id === id && stranger.stoodAlone)) {
      standing = departed(standing, stranger.id, stranger.version);
    }
  }
  return standing;
}

async function setApartFrom({ table }: RebuildContext, orderId: string, home: string): Promise<boolean> {
  const stored = await readTransaction(table, home);
  return stored !== null && ownershipOf(stored.contributions).apart.has(orderId);
}

/** The transaction as its records and the marks that were set on it make it. */
function nextOf(
  { clocks, now }: RebuildContext,
  id: string,
  standing: Standing,
  item: Item | null,
): HeldTransaction {
  // Consumers tell events apart by revisions. Where one is lost, the time makes one that there never was: no item was ever
  // written so often.
  const revision = lastRevision(item) ?? now();
  const marks: TransactionMarks = item
    ? salvagedMarks(item)
    : { marks: UNMARKED, checked_at: null, check_at: null, unanswered: null };
  return nextHeld({ id, ...standing, after: { ...marks, revision } }, clocks);
}

function lastRevision(item: Item | null): number | null {
  const revision = item?.revision;
  return typeof revision === 'number' && Number.isSafeInteger(revision) && revision > 0 ? revision : null;
}

/** Which write it is, and what left before, says nothing of what is in an item. */
function isOnlyHistory(item: Item | null, name: string): boolean {
  if (name === 'revision') return lastRevision(item) !== null;
  return name === 'departures' && item !== null && typeof item.departures === 'object';
}

/** The attributes in which an item differs from the one that should be there. */
function differing(item: Item | null, next: Item): string[] {
  const names = new Set([...Object.keys(item ?? {}), ...Object.keys(next)]);
  return [...names]
    .filter((name) => !isOnlyHistory(item, name))
    .filter((name) => !isDeepStrictEqual(item?.[name], next[name]))
    .sort();
}

async function replace(
  context: RebuildContext,
  next: HeldTransaction,
  item: Item | null,
  members: Members,
): Promise<'written' | 'conflict'> {
  const { table } = context;
  const held = item && intactTransaction(item);
  // Nobody downstream could read a change from something unreadable: it goes first, and what comes is new.
  if (item && !held && !(await deleteAsRead(table, next.id, item))) return 'conflict';
  if (item && isEmptied(next)) {
    for (const other of new Set(members.strangers.map(homeOf))) await bringMarks(context, other, item);
  }
  return writeTransaction(table, next, held);
}

/** Sets the marks of an emptied transaction on another one that has none, where they still hold there. */
async function bringMarks({ table, clocks, pause }: RebuildContext, id: string, from: Item): Promise<void> {
  const { marks } = salvagedMarks(from);
  if (marks.progress === null) return;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored || stored.marks.progress !== null) return 'written';
    const next = remarked(stored, { marks }, clocks);
    return next.marks.progress === null ? 'written' : writeTransaction(table, next, stored);
  });
}
