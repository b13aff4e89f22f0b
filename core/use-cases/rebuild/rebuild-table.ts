import type { Pace } from '../../concurrency/pace.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { homeOf } from '../../domain/order/membership.ts';
import type { Team } from '../../domain/team.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { damagedAmong, ITEM_READERS, type ItemReaders, isCheckable } from '../../store/other-items.ts';
import { type Place, type Segment, scanIds, scanKeys } from '../../store/whole-table.ts';
import { recount } from '../recount.ts';
import { type Finding, NO_TOTALS, type Totals } from './findings.ts';
import { type Cursor, isDone, nextPhase, type Phase } from './position.ts';
import { type RebuildContext, rebuildTransaction } from './rebuild-transaction.ts';

export interface RebuildDependencies {
  readonly context: Omit<RebuildContext, 'removeOrphans'>;
  readonly pace: Pace;
  /** The team whose transactions are counted; null for all teams. */
  readonly teamId: string | null;
  /** The teams of a deployment of several, each of which is counted for itself. */
  readonly teams?: readonly Team[];
  /** Waits between two counts of all transactions for longer than a change ordinarily takes to reach the counters. */
  readonly pauseBetweenCounts: () => Promise<void>;
  /** The number of items per page. A segment that is stopped repeats its current page. */
  readonly pageSize: number;
  /** Whether there is time for another item. If not, the rebuild stops and returns a cursor. */
  readonly hasTime: () => boolean;
  readonly onFinding: (finding: Finding) => void;
  /** Called after every page. */
  readonly onProgress: (cursor: Cursor, totals: Totals) => void;
}

/** The largest number of postponed transactions. The answer of a stopped rebuild lists all of them. */
const PUT_OFF = 10_000;
/** How many times a dry run must see a difference before it reports it. A change that is still on the stream looks the same. */
const LOOKS = 3;

/** The number of settled items to remember, so that a transaction is not settled again for each of its orders. */
const REMEMBERED = 100_000;

export interface RebuildReport {
  /** Where to continue; null if the rebuild is complete. */
  readonly cursor: Cursor | null;
  readonly totals: Totals;
}

/**
 * Recomputes every transaction of a table from its orders, several segments concurrently. Concurrent writes are safe, and so
 * is a second rebuild at the same time.
 */
export async function rebuildTable(dependencies: RebuildDependencies, from: Cursor): Promise<RebuildReport> {
  const { table, dryRun, revisionsAbove, parts } = dependencies.context;
  // Before anything else: from here on, the restored table can be put into service.
  if (revisionsAbove > 0 && !dryRun) {
    for (const part of parts) await part.afterRestore(table, atSecond(revisionsAbove));
  }
  let cursor: Cursor | null = from;
  const totals = { ...NO_TOTALS };
  const settled = new Set<string>();
  while (cursor && cursor.phase !== 'counters') {
    cursor = await new Walk(dependencies, cursor, totals, settled).run();
    if (!isDone(cursor)) return { cursor, totals };
    cursor = nextPhase(cursor);
  }
  if (cursor && (await countAll(dependencies, cursor, totals))) cursor = null;
  return { cursor, totals };
}

const atSecond = (seconds: number): Instant => later('1970-01-01T00:00:00.000000Z', seconds * 1_000);

type OpenTotals = { -readonly [Name in keyof Totals]: number };

function countAll(
  dependencies: RebuildDependencies,
  { segments }: Cursor,
  totals: OpenTotals,
): Promise<boolean> {
  const { context, hasTime, onFinding, teamId, teams = [], pauseBetweenCounts } = dependencies;
  return recount({
    table: context.table,
    teamId,
    teams,
    dryRun: context.dryRun,
    segments: segments.length,
    hasTime,
    now: atSecond(context.now()),
    pause: pauseBetweenCounts,
    onFinding: (finding) => {
      totals[finding.kind] += 1;
      onFinding(finding);
    },
  });
}

/** A phase of a rebuild that scans the table. */
class Walk {
  readonly #dependencies: RebuildDependencies;
  readonly #context: RebuildContext;
  readonly #phase: Exclude<Phase, 'counters'>;
  readonly #segments: Cursor['segments'];
  readonly #putOff: Map<string, readonly string[]>;
  readonly #totals: OpenTotals;
  readonly #settled: Set<string>;
  readonly #readers: ItemReaders;
  #broken = false;

  constructor(dependencies: RebuildDependencies, from: Cursor, totals: OpenTotals, settled: Set<string>) {
    this.#dependencies = dependencies;
    this.#context = { ...dependencies.context, removeOrphans: from.phase === 'transactions' };
    this.#phase = from.phase === 'counters' ? 'others' : from.phase;
    this.#segments = [...from.segments];
    this.#putOff = new Map(Object.entries(from.put_off));
    this.#totals = totals;
    this.#settled = settled;
    this.#readers = Object.assign({}, ITEM_READERS, ...this.#context.parts.map(({ readers }) => readers));
  }

  async run(): Promise<Cursor> {
    const walks = await Promise.allSettled(this.#segments.map((_, number) => this.#walk(number)));
    for (const walk of walks) if (walk.status === 'rejected') throw walk.reason;
    if (this.#segments.every((one) => one === 'done')) await this.#settlePutOff();
    return this.#cursor();
  }

  get #stops(): boolean {
    return this.#broken || !this.#dependencies.hasTime();
  }

  #cursor(): Cursor {
    const put_off = Object.fromEntries([...this.#putOff].map(([id, orders]) => [id, [...orders]]));
    return { phase: this.#phase, segments: [...this.#segments], put_off };
  }

  async #walk(number: number): Promise<void> {
    try {
      for (let place = this.#segments[number]; place !== undefined && place !== 'done'; ) {
        const next = await this.#page(number, place === 'start' ? null : place);
        if (next === 'stopped') return;
        place = next;
        this.#segments[number] = next;
        if (this.#putOff.size > PUT_OFF) await this.#settlePutOff();
        this.#dependencies.onProgress(this.#cursor(), { ...this.#totals });
      }
    } catch (error) {
      this.#broken = true;
      throw error;
    }
  }

  async #page(number: number, from: Place | null): Promise<Place | 'done' | 'stopped'> {
    const { context, pace, pageSize } = this.#dependencies;
    const segment = { number, of: this.#segments.length };
    if (this.#stops) return 'stopped';
    if (this.#phase === 'others') return this.#checkOthers(segment, from);
    const kind = this.#phase === 'orders' ? 'ORDER' : 'TX';
    const { ids, next } = await scanIds(context.table, kind, segment, from, pageSize);
    for (const id of ids) {
      await pace.next();
      if (this.#stops) return 'stopped';
      this.#totals[this.#phase] += 1;
      if (this.#settled.has(`${kind}#${id}`)) continue;
      await this.#tolerating(`${kind}#${id}`, () =>
        kind === 'ORDER' ? this.#look(id) : this.#settle(id, []),
      );
    }
    return next ?? 'done';
  }

  /** Names the damaged ones of a page of other items. */
  async #checkOthers(segment: Segment, from: Place | null): Promise<Place | 'done' | 'stopped'> {
    const { context, pace, pageSize } = this.#dependencies;
    const { keys, next } = await scanKeys(context.table, segment, from, pageSize);
    const checked = keys.filter((key) => isCheckable(this.#readers, key));
    for (const _ of checked) await pace.next();
    if (this.#stops) return 'stopped';
    const damaged = checked.length > 0 ? await damagedAmong(context.table, this.#readers, checked) : [];
    for (const { pk, sk } of damaged) {
      const item = pk.startsWith(`${sk}#`) ? pk : `${pk} ${sk}`;
      this.#note({ kind: 'failed', item, reason: 'cannot be read' });
    }
    return next ?? 'done';
  }

  /**
   * Checks the transaction that an order belongs to. A transaction that differs is postponed. If its item was lost, the orders
   * that it had are unknown, and the first order alone could give it a state that it never had.
   */
  async #look(orderId: string): Promise<void> {
    const record = await readOrder(this.#context.table, orderId);
    if (!record) return;
    const home = homeOf(record);
    const { fault, unclaimed, orders, apart, formerHomes } = await this.#examine(home, [orderId]);
    // A transaction that sets orders apart is settled together with the transactions under the ids of those orders.
    if (fault === null && unclaimed.length + apart.length === 0) this.#remember(home, orders);
    else this.#putOffWith(home, [orderId]);
    // Former homes come after the home, because one write moves an order from them to its home.
    for (const [former, left] of formerHomes) {
      const { fault } = await this.#examine(former, left);
      if (fault !== null) this.#putOffWith(former, left, 'last');
    }
  }

  #examine(id: string, orders: readonly string[]) {
    const met = [...(this.#putOff.get(id) ?? []), ...orders];
    return rebuildTransaction({ ...this.#context, dryRun: true }, id, met);
  }

  /** `last`: moves it to the end, even if it was postponed before. Another order of a former transaction can be scanned before the order that moved. */
  #putOffWith(id: string, orders: readonly string[], place: 'first met' | 'last' = 'first met'): void {
    const met = this.#putOff.get(id) ?? [];
    if (place === 'last') this.#putOff.delete(id);
    this.#putOff.set(id, [...new Set([...met, ...orders])]);
  }

  async #settlePutOff(): Promise<void> {
    for (const [id, orders] of this.#putOff) {
      if (this.#stops) return;
      await this.#dependencies.pace.next();
      // Removed before it is settled, because another segment may postpone it again in the meantime.
      this.#putOff.delete(id);
      await this.#tolerating(`TX#${id}`, () => this.#settle(id, orders));
    }
  }

  /** Rebuilds a transaction, and the other transactions that this affects. */
  async #settle(id: string, candidates: readonly string[]): Promise<void> {
    const queue = [{ id, candidates }];
    const queued = new Set([id]);
    for (let one = queue.shift(); one; one = queue.shift()) {
      const rebuilt = await this.#rebuildOne(one.id, one.candidates);
      const { fault, fields, orders, apart, unclaimed, claimedElsewhere } = rebuilt;
      for (const order of unclaimed) this.#note({ kind: 'unclaimed', ...order });
      if (fault) this.#note({ kind: fault, transaction_id: one.id, fields });
      this.#remember(one.id, orders);
      const others = new Map<string, readonly string[]>(apart.map((order) => [order, orders]));
      // A new claim changes where an order belongs. The scan reaches the transactions of all other orders anyway.
      if (!this.#context.dryRun) for (const [other, of] of claimedElsewhere) others.set(other, of);
      for (const [other, of] of others) {
        if (!queued.has(other)) queue.push({ id: other, candidates: of });
        queued.add(other);
      }
    }
  }

  async #rebuildOne(id: string, candidates: readonly string[]) {
    for (let look = 1; ; look += 1) {
      const rebuilt = await rebuildTransaction(this.#context, id, candidates);
      if (!this.#context.dryRun || rebuilt.fault === null || look === LOOKS) return rebuilt;
      await this.#context.pause(look);
    }
  }

  #remember(id: string, orders: readonly string[]): void {
    if (this.#settled.size > REMEMBERED) this.#settled.clear();
    // A transaction that has lost its orders must be checked again, so that the last phase can remove it.
    if (orders.length > 0) this.#settled.add(`TX#${id}`);
    else this.#settled.delete(`TX#${id}`);
    for (const order of orders) this.#settled.add(`ORDER#${order}`);
  }

  #note(finding: Finding): void {
    this.#totals[finding.kind] += 1;
    this.#dependencies.onFinding(finding);
  }

  /** Runs a step and records an error that concerns only this item. Rethrows any other error. */
  async #tolerating(item: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!isOfOneItem(error)) throw error;
      this.#note({ kind: 'failed', item, reason: reasonOf(error) });
    }
  }
}

/** Whether only this item failed. An error of the store itself would affect the other items too. */
function isOfOneItem(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return !('$metadata' in error) || error.name === 'ValidationException';
}

const reasonOf = (error: Error) => error.message.slice(0, 200);
