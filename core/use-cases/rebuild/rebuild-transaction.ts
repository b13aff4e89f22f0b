import { isDeepStrictEqual } from 'node:util';
import { retryOnConflict } from '../../concurrency/retry.ts';
import { ownershipOf } from '../../domain/members/ownership.ts';
import type { Standing } from '../../domain/members/standing.ts';
import { formerHomesOf, homeOf } from '../../domain/order/membership.ts';
import type { OrderRecord } from '../../domain/order/order-record.ts';
import { nextHeld, remarked } from '../../domain/stored/next-revision.ts';
import {
  type HeldTransaction,
  isEmptied,
  type TransactionMarks,
} from '../../domain/stored/stored-transaction.ts';
import { UNMARKED } from '../../domain/transaction/acknowledgement.ts';
import type { GuardedWrite } from '../../store/guarded-writes.ts';
import { CAUSE, type Item, type Table } from '../../store/table.ts';
import {
  departuresIn,
  intactTransaction,
  ordersNamedBy,
  readRawTransaction,
  salvagedMarks,
} from '../../store/transactions/damaged-transactions.ts';
import { transactionItem } from '../../store/transactions/transaction-item.ts';
import { readTransaction, writeTransaction } from '../../store/transactions/transactions.ts';
import { type Projection, recompute } from '../recompute.ts';
import { marksBeside } from './marks-beside.ts';
import { type Members, membersOf, type UnclaimedOrder } from './rebuild-members.ts';
import type { RebuildPart } from './rebuild-part.ts';
import { standingOf } from './rebuild-standing.ts';

/** What was wrong with a transaction's item. `stale_revision`: only its revision, after a restore. */
export type Fault = 'missing' | 'unreadable' | 'differs' | 'orphan' | 'stale_revision';

/** What a rebuild found out about one transaction. Unless it was a dry run, the fault is corrected. */
export interface Rebuilt {
  readonly fault: Fault | null;
  /** The attributes of the item that differed. */
  readonly fields: readonly string[];
  /** The orders that belong to it. */
  readonly orders: readonly string[];
  /** The orders among them that are set apart, each in a transaction under its own id. */
  readonly apart: readonly string[];
  readonly unclaimed: readonly UnclaimedOrder[];
  /** The orders of this transaction that may once have been in another one, by that transaction's id. */
  readonly formerHomes: ReadonlyMap<string, readonly string[]>;
  /** The orders that got a new claim, by the id of each other transaction that holds them or that they now belong to. */
  readonly claimedElsewhere: ReadonlyMap<string, readonly string[]>;
}

export interface RebuildContext extends Projection {
  /** Reports faults and writes nothing. */
  readonly dryRun: boolean;
  /** Whether transactions without orders are emptied. Only after every order has been put into its transaction. */
  readonly removeOrphans: boolean;
  /** Seconds since 1970. */
  readonly now: () => number;
  /**
   * Every valid revision is above this one; 0 for any. After a restore it is the time of the restore in seconds: transactions
   * went on counting before the loss, and consumers know the events of those revisions.
   */
  readonly revisionsAbove: number;
  /** What the capabilities add. */
  readonly parts: readonly RebuildPart[];
}

/**
 * Computes a transaction from its orders' records alone. Writes it if it differs, on condition that it has not changed since
 * it was read. The records are read after the item, so they hold everything that a recompute could have put into it by then,
 * and its previous content is not needed. A recompute moves an order that is still in another transaction: in one write, with
 * the marks that people set. `candidates` are orders that may belong to the transaction.
 */
export async function rebuildTransaction(
  context: RebuildContext,
  id: string,
  candidates: readonly string[] = [],
): Promise<Rebuilt> {
  if (context.dryRun) return (await examine(context, id, candidates)).found;
  let first: Rebuilt | undefined;
  let last: Rebuilt | undefined;
  const unclaimed: UnclaimedOrder[] = [];
  const look = async () => {
    const examined = await examine(context, id, candidates);
    unclaimed.push(...examined.found.unclaimed);
    last = examined.found;
    return examined;
  };
  await retryOnConflict(context.pause, async () => {
    const examined = await look();
    const isFirst = first === undefined;
    first ??= examined.found;
    if (!isFirst || examined.moving.length === 0) return examined.write();
    if ((await examined.move()) === 'conflict') return 'conflict';
    return (await look()).write();
  });
  if (!first || !last) throw new Error('the transaction was not checked');
  const { fault, fields } = last.fault ? last : first;
  return { ...last, fault, fields, unclaimed };
}

type Write = () => Promise<GuardedWrite>;

interface Examined {
  readonly found: Rebuilt;
  readonly write: Write;
  readonly moving: readonly OrderRecord[];
  readonly move: Write;
}

const nothingToWrite: Write = async () => 'written';

async function examine(
  context: RebuildContext,
  id: string,
  candidates: readonly string[],
): Promise<Examined> {
  const item = await readRawTransaction(context.table, id);
  const named = item ? [...ordersNamedBy(item), ...Object.keys(departuresIn(item))] : [];
  // A provisional transaction has the id of its order.
  const members = await membersOf(context.table, id, [...named, ...candidates, id], context.dryRun);
  const standing = await standingOf(context.table, id, item, members);
  const found = {
    orders: Object.keys(standing.contributions),
    apart: [...ownershipOf(standing.contributions).apart],
    unclaimed: members.unclaimed,
    formerHomes: byTransaction(members.records, formerHomesOf),
    claimedElsewhere: claimedElsewhere(id, members),
    fields: [],
  };
  const moving = await movingOf(context, item, members);
  const move = () => moved(context, { id, item, standing }, moving);
  const asItWas = { found: { ...found, fault: null }, write: nothingToWrite, moving, move };
  const empty = found.orders.length === 0;
  if (empty && !item && Object.keys(standing.departures).length === 0) return asItWas;
  if (empty && item && item.emptied !== true && !context.removeOrphans) return asItWas;
  const next = await nextOf(context, id, standing, item);
  const fields = differing(item, transactionItem(next), context.revisionsAbove);
  if (fields.length === 0) return asItWas;
  const fault = faultOf(item, next, fields);
  return {
    found: { ...found, fault, fields: fault === 'orphan' ? [] : fields },
    write: () => replace(context, next, item, members),
    moving,
    move,
  };
}

function faultOf(item: Item | null, next: HeldTransaction, fields: readonly string[]): Fault {
  if (item === null) return 'missing';
  if (isEmptied(next) && item.emptied !== true) return 'orphan';
  if (lastRevision(item) !== null && fields.every((name) => name === 'revision')) return 'stale_revision';
  return intactTransaction(item) === null ? 'unreadable' : 'differs';
}

function byTransaction(
  records: readonly OrderRecord[],
  transactionsOf: (record: OrderRecord) => readonly string[],
): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const record of records) {
    for (const id of transactionsOf(record)) grouped.set(id, [...(grouped.get(id) ?? []), record.id]);
  }
  return grouped;
}

function claimedElsewhere(id: string, { records, strangers, unclaimed }: Members): Map<string, string[]> {
  const claimed = new Set(unclaimed.map(({ order_id }) => order_id));
  const changed = [...records, ...strangers].filter((record) => claimed.has(record.id));
  const others = byTransaction(changed, (record) => [homeOf(record), ...formerHomesOf(record)]);
  others.delete(id);
  return others;
}

/** The records to move: into this transaction from another intact one, or from this one into an intact one. */
async function movingOf(
  { table }: RebuildContext,
  item: Item | null,
  { records, strangers }: Members,
): Promise<OrderRecord[]> {
  const held = item ? ordersNamedBy(item) : [];
  const moving: OrderRecord[] = [];
  for (const record of records.filter(({ id }) => !held.includes(id))) {
    const formers = await Promise.all(formerHomesOf(record).map((id) => readRawTransaction(table, id)));
    if (formers.some((former) => former && holdsNoNewer(former, record))) moving.push(record);
  }
  for (const record of strangers.filter((stranger) => item && holdsNoNewer(item, stranger))) {
    const home = await readRawTransaction(table, homeOf(record));
    if (home && intactTransaction(home) && !ordersNamedBy(home).includes(record.id)) moving.push(record);
  }
  return moving;
}

function holdsNoNewer(item: Item, { id, version }: OrderRecord): boolean {
  const held = intactTransaction(item)?.contributions[id];
  return held !== undefined && held.version <= version;
}

/** Moves orders into or out of a transaction. An unreadable transaction is first replaced by one with the orders that stay. */
async function moved(
  context: RebuildContext,
  { id, item, standing }: { readonly id: string; readonly item: Item | null; readonly standing: Standing },
  moving: readonly OrderRecord[],
): Promise<GuardedWrite> {
  if (item === null || intactTransaction(item) === null) {
    const ids = moving.map((record) => record.id);
    const staying = Object.entries(standing.contributions).filter(([orderId]) => !ids.includes(orderId));
    const next = await nextOf(context, id, { ...standing, contributions: Object.fromEntries(staying) }, item);
    if ((await writeOver(context.table, next, item)) === 'conflict') return 'conflict';
  }
  for (const record of moving) {
    try {
      await recompute(context, record);
    } catch (error) {
      // The recompute would write another transaction that is unreadable. The rebuild checks that transaction separately.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return 'written';
}

/** The transaction that follows from its records, its marks, and what is stored beside it of messages and of what people did. */
async function nextOf(
  { table, clocks, now, revisionsAbove, parts }: RebuildContext,
  id: string,
  standing: Standing,
  item: Item | null,
): Promise<HeldTransaction> {
  // Consumers tell events apart by the revision, so it must not repeat. If it was lost, the time in seconds serves instead:
  // no item has been written that often.
  const revision = Math.max(lastRevision(item) ?? now(), revisionsAbove);
  const marks: TransactionMarks = item
    ? salvagedMarks(item)
    : { marks: UNMARKED, checked_at: null, check_at: null, order_check_at: null, unanswered: null };
  const held = item && intactTransaction(item);
  const published = held && !isEmptied(held) ? held : {};
  const beside = held ? {} : await marksBeside(table, parts, id);
  const known = {
    ...marks,
    told: marks.told ?? beside.told,
    assignment: marks.assignment ?? beside.assignment,
    noted: marks.noted ?? beside.noted,
    contact: marks.contact ?? beside.contact,
  };
  return nextHeld({ id, ...standing, after: { ...published, ...known, revision } }, clocks);
}

function lastRevision(item: Item | null): number | null {
  const revision = item?.revision;
  return typeof revision === 'number' && Number.isSafeInteger(revision) && revision > 0 ? revision : null;
}

/** The attributes in which an item differs from the one that should be there. */
function differing(item: Item | null, next: Item, revisionsAbove: number): string[] {
  const last = lastRevision(item);
  const names = new Set([...Object.keys(item ?? {}), ...Object.keys(next)]);
  return (
    [...names]
      // A different revision or cause alone is not a discrepancy, unless the revision is too low.
      .filter((name) => name !== CAUSE)
      .filter((name) => name !== 'revision' || last === null || last <= revisionsAbove)
      .filter((name) => !isDeepStrictEqual(item?.[name], next[name]))
      .sort()
  );
}

async function replace(
  context: RebuildContext,
  next: HeldTransaction,
  item: Item | null,
  members: Members,
): Promise<GuardedWrite> {
  if (item && isEmptied(next)) {
    for (const other of new Set(members.strangers.map(homeOf))) await bringMarks(context, other, item);
  }
  return writeOver(context.table, next, item);
}

/**
 * Writes a transaction over its item. No consumer of the stream can read a change from an unreadable item, so that is emptied first:
 * of such a change they need only what comes after it.
 */
async function writeOver(table: Table, next: HeldTransaction, item: Item | null): Promise<GuardedWrite> {
  if (item === null || isEmptied(next) || intactTransaction(item)) return writeTransaction(table, next, item);
  const { id, revision, departures } = next;
  const empty = { id, revision, emptied: true, contributions: {}, departures } as const;
  if ((await writeTransaction(table, empty, item)) === 'conflict') return 'conflict';
  return writeTransaction(table, { ...next, revision: revision + 1 }, empty);
}

/** Sets the marks and the owner of an emptied transaction on another one that has none. Marks have to hold there. */
async function bringMarks({ table, clocks, pause }: RebuildContext, id: string, from: Item): Promise<void> {
  const { marks, assignment, contact } = salvagedMarks(from);
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored) return 'written';
    const next = remarked(
      stored,
      {
        ...(stored.marks.progress === null && { marks }),
        assignment: stored.assignment ?? assignment,
        contact: stored.contact ?? contact,
      },
      clocks,
    );
    const isSame = isDeepStrictEqual({ ...next, revision: 0 }, { ...stored, revision: 0 });
    return isSame ? 'written' : writeTransaction(table, next, stored);
  });
}
