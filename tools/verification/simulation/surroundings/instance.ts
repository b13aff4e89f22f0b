/** One instance of a function: its bundle, run from the first line. */
import type { Bundle, Handler } from '../bundles.ts';
import type { Invocation, Scheduler } from './scheduler.ts';
import { type Running, runningIn } from './surroundings.ts';
import type { CommandRequest, Fate, Outcome, WireAnswer, WireRequest } from './wire.ts';

/** The connection between the functions and the services. */
export interface Network {
  /** @param now the time on the clock of the instance */
  carry(
    request: WireRequest,
    now: number,
    invocation: Invocation,
    isGiven: () => boolean,
  ): Promise<Fate<WireAnswer>>;
  ask(request: CommandRequest, invocation: Invocation, isGiven: () => boolean): Promise<Fate<Outcome>>;
}

export class Instance implements Running {
  readonly environment: Readonly<Record<string, string>>;
  readonly chance: Scheduler;
  readonly #network: Network;
  readonly #handler: Handler;
  #invocation: Invocation;
  /** How far its clock is ahead of the simulated time. */
  #epoch = 0;

  constructor(bundle: Bundle, chance: Scheduler, network: Network, invocation: Invocation) {
    this.environment = { ...bundle.environment };
    this.chance = chance;
    this.#network = network;
    this.#invocation = invocation;
    this.#handler = runningIn(this, () => bundle.start());
  }

  /** @param startsAt the time on its clock then */
  async invoke(invocation: Invocation, event: unknown, startsAt: number, endsBy: number): Promise<unknown> {
    this.#invocation = invocation;
    this.#epoch = startsAt - this.chance.now;
    const context = {
      functionName: invocation.name,
      awsRequestId: 'simulated',
      getRemainingTimeInMillis: () => endsBy - this.chance.now,
    };
    return runningIn(this, () => this.#handler(event, context));
  }

  get invocation(): Invocation {
    return this.#invocation;
  }

  now(): number {
    return Math.floor(this.#epoch + this.chance.now);
  }

  carry(request: WireRequest, isGiven: () => boolean): Promise<Fate<WireAnswer>> {
    return this.#network.carry(request, this.now(), this.#invocation, isGiven);
  }

  ask(request: CommandRequest, isGiven: () => boolean): Promise<Fate<Outcome>> {
    return this.#network.ask(request, this.#invocation, isGiven);
  }
}
