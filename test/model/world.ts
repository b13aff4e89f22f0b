/** A bounded world: what is to happen in it, and every way in which it can go on from any point. */

import { readOrderItem } from '../../core/store/order-item.ts';
import { recompute } from '../../core/use-cases/recompute.ts';
import { CLOCKS } from '../convergence/product.ts';
import type { Attributes } from '../memory/expressions.ts';
import type { Delivery } from '../oracle/facts.ts';
import { Engine, type SentCommand } from './engine.ts';
import { Interner } from './interner.ts';
import { Invocations, type Program } from './invocations.ts';
import {
  beginning,
  DONE,
  type Faults,
  type Running,
  replaced,
  type State,
  UNDER_WAY,
  WAITING,
} from './state.ts';

/** Something that has to be done some time: a webhook to be taken, an order to be registered, … */
export interface Task {
  readonly name: string;
  readonly program: Program;
  /** What it tells the oracle, once done. */
  readonly delivery?: Delivery;
  /** What it may find out, if it comes at the right moment. */
  readonly finds?: readonly Delivery[];
  /** A webhook: it can come again although it was answered. */
  readonly repeats: boolean;
  /** Of the orders' items it asks for this one only, by its id; left out where that is not so. */
  readonly asksOnly?: string;
}

export interface WorldPlan {
  readonly name: string;
  /** Ids of orders that the world can come to know. */
  readonly orders: readonly string[];
  readonly tasks: readonly Task[];
  readonly faults: Faults;
  /** The only transaction of all orders, which each of them names from its first webhook on; null where that is not so. */
  readonly settledIn: string | null;
}

/** One way to go on: what happened, for whoever has to read it, and what it came to. */
export interface Step {
  readonly kind: 'goes on' | 'is given up' | 'writes, its answer is lost';
  readonly of: number;
  readonly command: number;
  readonly refused: boolean;
  readonly next: State;
}

/** Tells of a change of one item that must not be; null for one that may. */
export type ChangeCheck = (
  key: string,
  before: Attributes | null,
  after: Attributes | null,
  orders: OrderItems,
) => string | null;
/** The order item of an id, as it stands. */
export type OrderItems = (orderId: string) => Attributes | null;

export class Violation extends Error {
  override readonly name = 'Violation';
}

interface StreamedChange {
  readonly before: Attributes | null;
  readonly after: Attributes;
}

export class World {
  readonly plan: WorldPlan;
  readonly engine: Engine;
  readonly invocations: Invocations;
  readonly #changes = new Interner<StreamedChange>();
  readonly #check: ChangeCheck;
  readonly #reduced: boolean;

  /** `reduced`: without the steps that make no difference. That they make none, a test shows by taking them all. */
  constructor(plan: WorldPlan, check: ChangeCheck, { reduced }: { reduced: boolean }) {
    this.plan = plan;
    this.#check = check;
    this.#reduced = reduced;
    this.engine = new Engine(plan.orders.map((id) => `ORDER#${id}`));
    this.invocations = new Invocations(this.engine);
  }

  get start(): State {
    const { orders, tasks, faults } = this.plan;
    return beginning(orders.length, tasks.length, faults);
  }

  itemsOf({ table }: State): Attributes[] {
    return table.flatMap((item) => (item ? [this.engine.items.at(item)] : []));
  }

  /**
   * Every step there is, but for those that it makes no difference to take later: what is refused now is refused
   * whenever it is sent; and while nobody but its own webhooks has anything more to ask of an order's item, these go
   * first, in every way there is.
   */
  async stepsFrom(state: State): Promise<Step[]> {
    const first = this.#reduced ? this.#orderToItself(state) : undefined;
    const steps: Step[] = [];
    for (const [index, running] of state.running.entries()) {
      const node = this.invocations.at(running.node);
      const command = this.engine.commands.at(node.command);
      if (command.addsOnce && (await this.engine.effectOf(node.command, state.table)).refused) {
        return this.#stepsOf(state, running, index, false);
      }
      if (first !== undefined && this.#asksOnly(running) !== first) continue;
      steps.push(...(await this.#stepsOf(state, running, index, true)));
    }
    for (const begun of await this.#beginnings(state, first)) {
      steps.push(
        ...(await this.#stepsOf(begun, begun.running.at(-1) as Running, begun.running.length - 1, true)),
      );
    }
    return steps;
  }

  /** An order in its transaction for good that has webhooks left to come: by then all others have linked it. */
  #orderToItself(state: State): string | undefined {
    const { orders, tasks, settledIn } = this.plan;
    if (settledIn === null) return undefined;
    return orders.find((id, index) => {
      const item = state.table[index] ? this.engine.items.at(state.table[index]) : null;
      const linked = (item?.transaction_ids as Set<string> | undefined)?.has(settledIn);
      return linked && tasks.some((task, at) => task.asksOnly === id && state.tasks[at] !== DONE);
    });
  }

  #asksOnly({ of }: Running): string | undefined {
    return this.plan.tasks[of]?.asksOnly;
  }

  /** Were it otherwise, what is left out would not be like what is tried. */
  #mustKeepTo(running: Running, { keys, linksOnly, label }: SentCommand): void {
    const { orders, settledIn, name } = this.plan;
    const own = this.#asksOnly(running);
    const kept = own === undefined ? linksOnly : keys.every((key) => orders[key] === own);
    if (settledIn !== null && !kept) throw new Error(`${name}: ${label} asks for what was to be left alone`);
  }

  /** The states in which one more invocation has begun and has sent nothing yet: any, or just those of one order. */
  async #beginnings(state: State, order?: string): Promise<State[]> {
    const begun: State[] = [];
    for (const [index, task] of this.plan.tasks.entries()) {
      if (order !== undefined && task.asksOnly !== order) continue;
      const repeats = state.tasks[index] === DONE && task.repeats && state.faults.repeats > 0;
      if (state.tasks[index] !== WAITING && !repeats) continue;
      const node = await this.invocations.start(task.name, () => task.program);
      begun.push({
        ...state,
        tasks: state.tasks.with(index, UNDER_WAY),
        running: [...state.running, { of: index, node, live: true }],
        faults: repeats ? { ...state.faults, repeats: state.faults.repeats - 1 } : state.faults,
      });
    }
    if (order !== undefined) return begun;
    for (const [index, changes] of state.streams.entries()) {
      const of = -1 - index;
      if (changes[0] === undefined || state.running.some((one) => one.live && one.of === of)) continue;
      const node = await this.#recompute(changes[0]);
      begun.push({ ...state, running: [...state.running, { of, node, live: true }] });
    }
    return begun;
  }

  #recompute(change: number): Promise<number> {
    const { after } = this.#changes.at(change);
    return this.invocations.start(`recompute ${change}`, () => (table) => {
      const projection = { table, clocks: CLOCKS, pause: async () => undefined };
      return recompute(projection, readOrderItem(after));
    });
  }

  /** Everything that can become of one invocation now; without `faults`, only its going on. */
  async #stepsOf(state: State, running: Running, index: number, faults: boolean): Promise<Step[]> {
    const { command } = this.invocations.at(running.node);
    this.#mustKeepTo(running, this.engine.commands.at(command));
    const effect = await this.engine.effectOf(command, state.table);
    const { of } = running;
    const wrote = this.#written(state, effect.writes);
    const node = await this.invocations.answered(running.node, effect.answer);
    const after = this.#wentOn(wrote, { ...running, node }, index);
    const steps: Step[] = [{ kind: 'goes on', of, command, refused: effect.refused, next: after }];
    if (!faults) return steps;
    const { losses, lostAnswers } = state.faults;
    if (lostAnswers > 0 && effect.writes.length > 0) {
      const next = { ...wrote, faults: { ...state.faults, lostAnswers: lostAnswers - 1 } };
      steps.push({ kind: 'writes, its answer is lost', of, command, refused: false, next });
    }
    if (losses > 0 && running.live) {
      const next = this.#givenUp(
        { ...state, faults: { ...state.faults, losses: losses - 1 } },
        running,
        index,
      );
      steps.push({ kind: 'is given up', of, command, refused: false, next });
    }
    return steps;
  }

  #written(state: State, writes: readonly (readonly [number, number])[]): State {
    let { table, streams } = state;
    for (const [key, item] of writes) {
      const before = table[key] ? this.engine.items.at(table[key]) : null;
      const after = item ? this.engine.items.at(item) : null;
      const found = this.#check(this.engine.keyAt(key), before, after, (id) => this.#orderItem(state, id));
      if (found) throw new Violation(found);
      if (key < streams.length && after) {
        const change = this.#changes.idOf(`${table[key] ?? 0} ${item}`, () => ({ before, after }));
        streams = streams.with(key, [...(streams[key] ?? []), change]);
      }
      table = replaced(table, key, item);
    }
    return { ...state, table, streams };
  }

  #orderItem({ table }: State, id: string): Attributes | null {
    const item = table[this.plan.orders.indexOf(id)];
    return item ? this.engine.items.at(item) : null;
  }

  /** The state after an invocation has come to a node: its last one, maybe. */
  #wentOn(state: State, running: Running, index: number): State {
    const { command } = this.invocations.at(running.node);
    if (command !== 0) return { ...state, running: state.running.with(index, running) };
    const rest = { ...state, running: state.running.toSpliced(index, 1) };
    if (!running.live) return rest;
    if (running.of < 0) {
      const stream = -1 - running.of;
      return { ...rest, streams: state.streams.with(stream, (state.streams[stream] ?? []).slice(1)) };
    }
    return { ...rest, tasks: state.tasks.with(running.of, DONE) };
  }

  #givenUp(state: State, running: Running, index: number): State {
    const late = { ...state, running: state.running.with(index, { ...running, live: false }) };
    return running.of < 0 ? late : { ...late, tasks: state.tasks.with(running.of, WAITING) };
  }

  describe({ kind, of, command, refused }: Step): string {
    const name = of < 0 ? `recompute of order ${-of}` : this.plan.tasks[of]?.name;
    return `${name} ${kind}: ${this.engine.commands.at(command).label}${refused ? ' (refused)' : ''}`;
  }
}
