/** The insides of the functions, called one by one: ten times as fast as the functions, for many more seeds. */
import type { OrderFacts } from '../../functions/domain/order-record.ts';
import { eventsBetween } from '../../functions/domain/transaction-changes.ts';
import { receive } from '../../functions/intake/receive.ts';
import { putEvents } from '../../functions/outbox/bus.ts';
import { recompute } from '../../functions/projection/recompute.ts';
import { acknowledge } from '../../functions/query/acknowledge.ts';
import { readOrderItem } from '../../functions/store/order-item.ts';
import { readTransactionItem } from '../../functions/store/transaction-item.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { CLOCKS } from '../convergence/product.ts';
import type { Change } from '../memory/memory-table.ts';
import { march, transactionId } from '../oracle/bodies.ts';
import type { Delivery } from '../oracle/facts.ts';
import { expectedState } from '../oracle/oracle.ts';
import type { Functions, Simulation, World } from './functions.ts';
import { factsIn, junctionOver } from './junction.ts';
import { NO_NETWORK_FAULTS, tableOver } from './network.ts';
import type { Invocation } from './scheduler.ts';

export const insides: Simulation = {
  start: (world) => new InsideFunctions(world),
  weathers: [
    { throttled: 25, lost: 30, timedOut: 20, sentAgain: 20 },
    { throttled: 0, lost: 0, timedOut: 60, sentAgain: 60 },
    NO_NETWORK_FAULTS,
  ],
  // What nobody understands is kept aside, compressed on a thread of its own.
  takes: (delivery) => expectedState([delivery]).quarantined === 0,
  option: ' --insides',
};

class InsideFunctions implements Functions {
  readonly #world: World;
  #facts: OrderFacts[] | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  #tableFor(invocation: Invocation) {
    const { memory, chance, faults } = this.#world;
    return tableOver(memory, chance, invocation, faults);
  }

  #projectionFor(invocation: Invocation) {
    const pause = () => this.#world.chance.turn(invocation, 'has waited');
    return { table: this.#tableFor(invocation), clocks: CLOCKS, pause };
  }

  async webhook({ body, receivedAt }: Delivery, invocation: Invocation): Promise<boolean> {
    const receiving = { table: this.#tableFor(invocation), quarantineRetentionDays: 90 };
    await receive(receiving, Buffer.from(body), new Date(receivedAt));
    return true;
  }

  recompute(changes: readonly Change[], invocation: Invocation): Promise<number> {
    return untilOneFails(changes, async ({ before, after }) => {
      if (!after) return;
      const record = readOrderItem(after);
      await recompute(this.#projectionFor(invocation), record, before && readOrderItem(before));
    });
  }

  publish(changes: readonly Change[], invocation: Invocation): Promise<number> {
    const { bus, chance, faults } = this.#world;
    return untilOneFails(changes, async ({ before, after }) => {
      if (!after) return;
      const events = eventsBetween(before && readTransactionItem(before), readTransactionItem(after));
      const client = bus.clientFor(chance, invocation, faults);
      const pause = () => chance.turn(invocation, 'has waited');
      if (events.length > 0) await putEvents({ client, name: 'bus', pause }, events);
    });
  }

  async sweep(now: string, invocation: Invocation): Promise<unknown> {
    const { deliveries, chance, faults } = this.#world;
    this.#facts ??= factsIn(deliveries);
    const fails = () => faults() !== NO_NETWORK_FAULTS && chance.oneIn(4);
    const sweeping = {
      projection: this.#projectionFor(invocation),
      api: chance.oneIn(4) ? null : junctionOver(this.#facts, chance, invocation, fails),
      hasTime: () => !chance.oneIn(20),
      onSkip: () => undefined,
    };
    return sweep(sweeping, now);
  }

  async operator(invocation: Invocation): Promise<unknown> {
    const by = { by: 'operator', note: null };
    return acknowledge(this.#projectionFor(invocation), transactionId(1), by, new Date(march(20)));
  }

  /** They hold nothing in memory. */
  restart(): void {}
}

/** As the handlers do: in order, and not beyond the first that fails. */
async function untilOneFails<T>(records: readonly T[], handle: (one: T) => Promise<void>): Promise<number> {
  for (const [index, one] of records.entries()) {
    try {
      await handle(one);
    } catch {
      return index;
    }
  }
  return records.length;
}
