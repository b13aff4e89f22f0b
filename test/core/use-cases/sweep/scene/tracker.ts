/** The product on a table in memory: webhooks arrive, the stream updates transactions, and sweeps run. */

import type { Clocks } from '../../../../../core/domain/clocks/clocks.ts';
import type { DomainEvent } from '../../../../../core/domain/events/domain-events.ts';
import { transactionEvents } from '../../../../../core/domain/events/transaction-events.ts';
import { parseInstant } from '../../../../../core/domain/instant.ts';
import {
  type HeldTransaction,
  isEmptied,
  type StoredTransaction,
} from '../../../../../core/domain/stored/stored-transaction.ts';
import type { WebhookOutcome } from '../../../../../core/domain/webhook-outcomes.ts';
import { JunctionClient } from '../../../../../core/junction/client.ts';
import type { PerTeam } from '../../../../../core/junction/per-team.ts';
import { readOrderItem } from '../../../../../core/store/orders/order-item.ts';
import type { Table } from '../../../../../core/store/table.ts';
import { isOfKind } from '../../../../../core/store/table-layout.ts';
import {
  intactStored,
  intactTransaction,
} from '../../../../../core/store/transactions/damaged-transactions.ts';
import { readTransaction } from '../../../../../core/store/transactions/transactions.ts';
import { receive } from '../../../../../core/use-cases/receive-webhook.ts';
import { type Projection, recompute } from '../../../../../core/use-cases/recompute.ts';
import {
  pollChangedOrders,
  type UpdatesReport,
} from '../../../../../core/use-cases/sweep/poll-changed-orders.ts';
import { type DrawsReport, pollDraws } from '../../../../../core/use-cases/sweep/poll-draws.ts';
import {
  type FinishedSweep,
  runSweep,
  type SweepRun,
} from '../../../../../core/use-cases/sweep/run-sweep.ts';
import { sweepChecks, sweepDueRedraws, sweepOpenOrders } from '../../../../../core/use-cases/sweep/sweep.ts';
import { addReports, type SweepReport } from '../../../../../core/use-cases/sweep/sweep-part.ts';
import { SANDBOX_API_KEY } from '../../../../../tools/sandbox/server.ts';
import { type Change, MemoryTable } from '../../../../../tools/verification/memory-table/memory-table.ts';
import { CLOCKS } from '../../../../clocks.ts';

const SWEEP_EVERY = 900_000;

interface TrackerOptions {
  readonly clocks?: Clocks;
  readonly memory?: MemoryTable;
  /** How the functions access the table in memory; directly by default. */
  readonly through?: (memory: MemoryTable) => Table;
}

interface SweepOptions {
  readonly api?: JunctionClient | null;
  readonly hasTime?: () => boolean;
}

interface Swept extends SweepReport {
  /** The part that looks at open orders. Its healed and skipped ones are also in the sum. */
  readonly orders: SweepReport;
  /** Why transactions were skipped. */
  readonly reasons: readonly string[];
}

export class Tracker {
  readonly memory: MemoryTable;
  readonly projection: Projection;
  /** The events of every change of a transaction so far. */
  readonly events: DomainEvent[] = [];
  /** Called with every change of a transaction, after its events are known. */
  onTransaction: (before: StoredTransaction | null, after: StoredTransaction | null) => void = () =>
    undefined;
  /** Called with every change of an order. */
  onOrder: () => void = () => undefined;
  readonly #waiting: Change[] = [];

  constructor({ clocks = CLOCKS, memory = new MemoryTable(), through = () => memory }: TrackerOptions = {}) {
    this.memory = memory;
    this.projection = { table: through(memory), clocks, pause: async () => undefined };
    memory.onChange = (change) => this.#note(change);
  }

  #note(change: Change): void {
    const { sk } = change.after ?? change.before ?? {};
    if (isOfKind('ORDER', sk)) {
      this.#waiting.push(change);
      this.onOrder();
    }
    if (!isOfKind('TX', sk)) return;
    const before = change.before && intactTransaction(change.before);
    const after = change.after && intactTransaction(change.after);
    if (after) this.events.push(...transactionEvents(before, after));
    this.onTransaction(stored(before), stored(after));
  }

  /** The changes of orders that the stream has not processed yet. */
  get unprojected(): readonly Change[] {
    return [...this.#waiting];
  }

  /** Processes a webhook like the deployed function. Its transaction follows with `project`. */
  async receive(body: object | string, at: string): Promise<WebhookOutcome> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const receiving = {
      table: this.projection.table,
      quarantine: this.projection.table,
      quarantineRetentionDays: 90,
    };
    return (await receive(receiving, Buffer.from(text), new Date(at))).outcome;
  }

  /** Processes the oldest change of an order; false if there is none. */
  async projectNext(): Promise<boolean> {
    const [change] = this.#waiting;
    if (!change) return false;
    if (change.after) {
      await recompute(this.projection, readOrderItem(change.after));
    }
    this.#waiting.shift();
    return true;
  }

  async project(): Promise<void> {
    while (await this.projectNext());
  }

  /** A webhook, and everything that follows from it. */
  async deliver(body: object | string, at: string): Promise<WebhookOutcome> {
    const outcome = await this.receive(body, at);
    await this.project();
    return outcome;
  }

  /** A sweep alone. The changes of orders that it makes are processed by the sweep itself, or with `project`. */
  sweepOnly(at: string, options: SweepOptions = {}): Promise<Swept> {
    return this.sweepParts(at, options, options);
  }

  /** The same, with a time for each part. */
  async sweepParts(at: string, ofRedraws: SweepOptions, ofChecks: SweepOptions): Promise<Swept> {
    const reasons: string[] = [];
    const onSkip = (_: string, reason: string) => reasons.push(reason);
    const part = ({ api = null, hasTime = () => true }: SweepOptions) => ({
      projection: this.projection,
      every: SWEEP_EVERY,
      onSkip,
      apis: apisOf(api),
      hasTime,
    });
    const redraws = await sweepDueRedraws(part(ofRedraws), instant(at));
    const orders = await sweepOpenOrders(part(ofRedraws), instant(at));
    const checks = await sweepChecks(part(ofChecks), instant(at));
    const { healed, skipped } = orders;
    const swept = addReports(redraws, checks);
    return { ...swept, healed: swept.healed + healed, skipped: swept.skipped + skipped, orders, reasons };
  }

  /** A whole sweep, like the deployed function. */
  async runSweep(
    at: string,
    {
      remaining,
      junction,
    }: Pick<SweepRun, 'remaining'> & {
      junction: ((timeLeft: () => number) => JunctionClient) | SweepRun['junction'] | null;
    },
  ): Promise<FinishedSweep> {
    const every = { sweep: SWEEP_EVERY, draws: 86_400_000, changedOrders: 3_600_000 };
    const { projection } = this;
    const byTeam = typeof junction === 'function' ? new Map([[null, junction]]) : (junction ?? new Map());
    const run = { projection, junction: byTeam, teamId: null, remaining, every, onSkip: () => {} };
    const swept = await runSweep(run, instant(at));
    await this.project();
    return swept;
  }

  async sweep(at: string, options: SweepOptions = {}): Promise<Swept> {
    const swept = await this.sweepOnly(at, options);
    await this.project();
    return swept;
  }

  /** The last part of a sweep: a poll of everything that Junction has changed. */
  async pollChangedOrders(
    at: string,
    { api = null, hasTime = () => true, teamId = null }: SweepOptions & { teamId?: string | null } = {},
  ): Promise<UpdatesReport & Pick<Swept, 'reasons'>> {
    const reasons: string[] = [];
    const onSkip = (id: string, reason: string) => reasons.push(`${id}: ${reason}`);
    const polling = { table: this.projection.table, api, teamId, every: 3_600_000, hasTime, onSkip };
    const report = await pollChangedOrders(polling, instant(at));
    await this.project();
    return { ...report, reasons };
  }

  /** The part of a sweep that asks about redraws that wait for a draw. */
  async pollDraws(
    at: string,
    { api = null, hasTime = () => true, teamId = null }: SweepOptions & { teamId?: string | null } = {},
  ): Promise<DrawsReport & Pick<Swept, 'reasons'>> {
    const reasons: string[] = [];
    const onSkip = (id: string, reason: string) => reasons.push(`${id}: ${reason}`);
    const apis = apisOf(api);
    const polling = { table: this.projection.table, apis, teamId, every: 86_400_000, hasTime, onSkip };
    const report = await pollDraws(polling, instant(at));
    await this.project();
    return { ...report, reasons };
  }

  transaction(id: string): Promise<StoredTransaction | null> {
    return readTransaction(this.memory, id);
  }

  /** Every transaction. */
  transactions(): StoredTransaction[] {
    const items = [...this.memory.items.values()].filter(({ sk }) => isOfKind('TX', sk));
    return items.flatMap((item) => intactStored(item) ?? []);
  }

  /** The transaction ids of the events of this type, in order. */
  told(type: DomainEvent['type']): string[] {
    return this.events.flatMap(({ type: told, detail }) =>
      told === type && 'transaction_id' in detail ? (detail.transaction_id ?? []) : [],
    );
  }
}

const apisOf = (api: JunctionClient | null): PerTeam<JunctionClient> => new Map(api ? [[null, api]] : []);

const stored = (held: HeldTransaction | null) => (held && !isEmptied(held) ? held : null);

export function instant(text: string): string {
  const read = parseInstant(text);
  if (read === null) throw new RangeError(`not an instant: ${text}`);
  return read;
}

/** The sweep's client, without pauses between attempts. */
export function junctionApi(
  sandbox: { readonly url: string; readonly junction: { readonly now: () => number } },
  { timeLeft = () => 60_000, apiKey = SANDBOX_API_KEY }: { timeLeft?: () => number; apiKey?: string } = {},
): JunctionClient {
  return new JunctionClient({
    baseUrl: sandbox.url,
    apiKey,
    clock: () => new Date(sandbox.junction.now() / 1_000),
    timeLeft,
    pause: async () => undefined,
  });
}
