/** The functions of the product as a history calls them, whatever they are run by. */
import type { Change, MemoryTable } from '../memory/memory-table.ts';
import type { Delivery } from '../oracle/facts.ts';
import type { MemoryBus, NetworkFaults } from './network.ts';
import type { Invocation, Scheduler } from './scheduler.ts';

export interface Functions {
  /** Gives whether it was answered 2xx. */
  webhook(delivery: Delivery, invocation: Invocation): Promise<boolean>;
  /** Gives how many of the changes are done, from the first. */
  recompute(changes: readonly Change[], invocation: Invocation): Promise<number>;
  publish(changes: readonly Change[], invocation: Invocation): Promise<number>;
  sweep(now: string, invocation: Invocation): Promise<unknown>;
  /** Whatever somebody asks the API for. */
  operator(invocation: Invocation): Promise<unknown>;
  /** All that is held in memory is gone. */
  restart(): void;
}

/** What the functions are surrounded by. */
export interface World {
  readonly deliveries: readonly Delivery[];
  readonly memory: MemoryTable;
  readonly bus: MemoryBus;
  readonly chance: Scheduler;
  /** Asked anew for each request. */
  readonly faults: () => NetworkFaults;
  /** Told of every answer that must never be given. */
  readonly complain: (fault: string) => void;
}

/** What a seed's history is about. */
export interface Simulation {
  readonly start: (world: World) => Functions;
  /** Of which one is a history's; in the calm at its end nothing fails. */
  readonly weathers: readonly NetworkFaults[];
  /** Whether this delivery can be a part of it. */
  readonly takes: (delivery: Delivery) => boolean;
  /** Tells the command that replays a seed which simulation it is of. */
  readonly option: string;
}
