/** What a world consists of. */
import type { Delivery, Registration } from '../oracle/reading/facts.ts';
import type { Program } from './invocations.ts';
import type { Faults } from './state.ts';
import type { Finding } from './stated-facts.ts';

/** A task that has to be done at some time: a webhook to process, an order to register, … */
export interface Task {
  readonly name: string;
  readonly program: Program;
  /** The facts that it gives the oracle once it is done. */
  readonly delivery?: Delivery;
  /** The facts that it finds out if it runs at the right time, and the rank that they have in the order's item then. */
  readonly finds?: readonly Finding[];
  /** What a registration states; it can be refused. */
  readonly registers?: Registration;
  /** A webhook: it can be delivered again after it was answered. */
  readonly repeats: boolean;
}

export interface WorldPlan {
  readonly name: string;
  /** Ids of orders that the world can have. */
  readonly orders: readonly string[];
  readonly tasks: readonly Task[];
  readonly faults: Faults;
}
