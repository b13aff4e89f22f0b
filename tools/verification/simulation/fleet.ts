/** The deployed functions: one instance for each running invocation, reused for later ones. */
import type { Bundles, FunctionName } from './bundles.ts';
import { Instance, type Network } from './surroundings/instance.ts';
import type { Invocation, Scheduler } from './surroundings/scheduler.ts';

/** The invocation gave no answer: it threw, or took too long. */
export class InvocationFailed extends Error {}

/** The concurrency limit of each function. Further invocations are throttled, as by Lambda. */
const AT_ONCE: Readonly<Record<FunctionName, number>> = {
  webhook: 2,
  recompute: 2,
  publish: 1,
  sweep: 1,
  query: 1,
};

export class Fleet {
  readonly #bundles: Bundles;
  readonly #chance: Scheduler;
  readonly #network: Network;
  #free = new Map<FunctionName, Instance[]>();
  readonly #busy = new Map<Invocation, FunctionName>();

  constructor(bundles: Bundles, chance: Scheduler, network: Network) {
    this.#bundles = bundles;
    this.#chance = chance;
    this.#network = network;
  }

  /** @param startsAt the time on the clock of the instance then (ms) */
  async invoke<Answer>(
    name: FunctionName,
    invocation: Invocation,
    event: unknown,
    startsAt: number,
  ): Promise<Answer> {
    if (this.#underWay(name) >= AT_ONCE[name])
      throw new InvocationFailed(`${name} is at its concurrency limit`);
    this.#busy.set(invocation, name);
    const bundle = this.#bundles[name];
    const free = this.#free;
    const instances = free.get(name) ?? [];
    free.set(name, instances);
    const endsBy = this.#chance.now + bundle.timeoutMs;
    const { promise: tooLong, reject } = Promise.withResolvers<never>();
    const timer = this.#chance.after(invocation, bundle.timeoutMs, () => {
      invocation.dead = true;
      reject(new InvocationFailed(`${name} took too long`));
    });
    try {
      const instance = instances.pop() ?? new Instance(bundle, this.#chance, this.#network, invocation);
      const running = instance.invoke(invocation, event, startsAt, endsBy);
      return (await Promise.race([running.finally(() => instances.push(instance)), tooLong])) as Answer;
    } finally {
      this.#chance.callOff(timer);
      this.#busy.delete(invocation);
    }
  }

  #underWay(name: FunctionName): number {
    const alive = [...this.#busy].filter(([{ dead, held }]) => !dead && !held);
    return alive.filter(([, busy]) => busy === name).length;
  }

  /** Ends all instances, and loses everything that they hold. */
  restart(): void {
    this.#free = new Map();
  }
}
