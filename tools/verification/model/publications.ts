/** What the changes of a world publish, judged by what was received before. */
import { itemName } from '../../../core/store/table-layout.ts';
import { publicationsOf } from '../convergence/publications-of.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import type { Change } from '../memory-table/memory-table.ts';
import { ordersNamedIn, PublicationJudge } from '../oracle/publications/judge.ts';
import type { Fact } from '../oracle/reading/facts.ts';
import { DONE, type Running, type State, WAITING } from './state.ts';
import { type Finding, factsIn } from './stated-facts.ts';
import type { WorldPlan } from './world-plan.ts';

/** A write: the state before it, and the invocation that makes it. */
interface Write {
  readonly state: State;
  readonly by: Running;
}

export class Publications {
  readonly #plan: WorldPlan;
  readonly #judge: PublicationJudge;
  readonly #found: readonly Finding[];
  readonly #verdicts = new Map<string, string | null>();
  readonly #numbers = new Map<object, number>();

  constructor(plan: WorldPlan) {
    this.#plan = plan;
    this.#found = plan.tasks.flatMap(({ finds }) => finds ?? []);
    const delivered = plan.tasks.flatMap(({ delivery }) => delivery ?? []);
    this.#judge = new PublicationJudge([...delivered, ...this.#found.map(({ answer }) => answer)]);
  }

  /**
   * Why something that a change publishes is false; null if nothing is.
   *
   * @param items every item, and the earlier ones that the streams still have
   */
  faultOf(change: Change, write: Write, items: readonly Attributes[]): string | null {
    const { before, after } = change;
    if (!after || !itemName(after as never).startsWith('TX#')) return null;
    const underway = this.#underway(write);
    const also = factsIn(items, this.#found);
    const key = [
      this.#numberOf(before ?? this),
      this.#numberOf(after),
      write.state.tasks.join(''),
      [...underway].sort().join(),
      JSON.stringify(also),
    ].join(' ');
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const received = [...this.#delivered(write.state), ...also, ...this.#registered(write.state, underway)];
    const faults = publicationsOf(change).flatMap(
      (publication) => this.#judge.faultOf(publication, received, underway) ?? [],
    );
    this.#verdicts.set(key, faults[0] ?? null);
    return faults[0] ?? null;
  }

  #numberOf(item: object): number {
    const number = this.#numbers.get(item) ?? this.#numbers.size;
    this.#numbers.set(item, number);
    return number;
  }

  /** An interrupted webhook waits again, and may have been stored all the same. */
  #delivered({ tasks, faults }: State): Fact[] {
    const isInterrupted = faults.losses < this.#plan.faults.losses;
    return this.#plan.tasks.flatMap(({ delivery }, index) =>
      delivery && (tasks[index] !== WAITING || isInterrupted) ? [delivery] : [],
    );
  }

  /** An order's item only has the last registration. The transactions can still have the one before. */
  #registered({ tasks }: State, underway: ReadonlySet<string>): Fact[] {
    return this.#plan.tasks.flatMap(({ registers }, index) =>
      registers && tasks[index] !== WAITING && underway.has(registers.orderId) ? [registers] : [],
    );
  }

  /** The orders of which something is stored, or may be, that its transaction does not know yet. */
  #underway(write: Write): Set<string> {
    return new Set([...this.#ofUnfinishedWebhooks(write.state), ...this.#ofStreams(write)]);
  }

  #ofUnfinishedWebhooks({ tasks, faults }: State): string[] {
    const isInterrupted = faults.losses < this.#plan.faults.losses;
    return this.#plan.tasks.flatMap(({ delivery }, index) => {
      const isBegun = tasks[index] !== WAITING || isInterrupted;
      return delivery && tasks[index] !== DONE && isBegun ? ordersNamedIn(delivery).slice(0, 1) : [];
    });
  }

  /** The change that makes this write is no longer waiting. */
  #ofStreams({ state, by }: Write): string[] {
    return this.#plan.orders.filter((_, order) => {
      const of = -1 - order;
      const isByIt = by.live && by.of === of;
      const changes = (state.streams[order] ?? []).length - (isByIt ? 1 : 0);
      const isRunning = !isByIt && state.running.some((one) => one.of === of);
      return changes > 0 || isRunning || state.owed.includes(order);
    });
  }
}
