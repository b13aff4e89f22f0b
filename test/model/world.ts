/** A bounded world: what is to happen in it, and every way in which it can go on from any point. */
import { recompute } from '../../functions/projection/recompute.ts';
import { readOrderItem } from '../../functions/store/order-item.ts';
import { CLOCKS } from '../convergence/product.ts';
import type { Attributes } from '../memory/expressions.ts';
import type { Delivery } from '../oracle/facts.ts';
import { Engine } from './engine.ts';
import { Interner } from './interner.ts';
import { Invocations, type Program } from './invocations.ts';

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
}

/** What may go wrong, and how often. */
export interface Faults {
  /** Invocations that are given up: their work is done again, while they vanish or go on late. */
  readonly losses: number;
  /** Writes that took place and whose answer was lost: the SDK sends them again. */
  readonly lostAnswers: number;
  /** Webhooks that come once more after they were answered. */
  readonly repeats: number;
}

export interface WorldPlan {
  readonly name: string;
  /** Ids of orders that the world can come to know. */
  readonly orders: readonly string[];
  readonly tasks: readonly Task[];
  readonly faults: Faults;
}

/** An invocation under way. */
interface Running {
  /** A task, or, from -1 downwards, the stream of an order. */
  readonly of: number;
  readonly node: number;
  /** False for one that was given up: it may go on, but nobody waits for it. */
  readonly live: boolean;
}

const WAITING = 0;
const UNDER_WAY = 1;
const DONE = 2;

export interface State {
  /** Items by key. */
  readonly table: readonly number[];
  readonly tasks: readonly number[];
  /** By order, the changes of its item that are still to be brought into its transaction. */
  readonly streams: readonly (readonly number[])[];
  readonly running: readonly Running[];
  readonly faults: Faults;
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

  constructor(plan: WorldPlan, check: ChangeCheck) {
    this.plan = plan;
    this.#check = check;
    this.engine = new Engine(plan.orders.map((id) => `ORDER#${id}`));
    this.invocations = new Invocations(this.engine);
  }

  get start(): State {
    const { orders, tasks, faults } = this.plan;
    return {
      table: orders.map(() => 0),
      tasks: tasks.map(() => WAITING),
      streams: orders.map(() => []),
      running: [],
      faults,
    };
  }

  /** Nothing is left that anybody waits for. What was given up may still be under way. */
  isQuiet({ tasks, streams, running }: State): boolean {
    return (
      tasks.every((state) => state === DONE) &&
      streams.every((changes) => changes.length === 0) &&
      running.every(({ live }) => !live)
    );
  }

  itemsOf({ table }: State): Attributes[] {
    return table.flatMap((item) => (item ? [this.engine.items.at(item)] : []));
  }

  /** Short text that is equal for equal states. */
  keyOf({ table, tasks, streams, running, faults }: State): string {
    const numbers = [
      table.length,
      ...table,
      ...tasks,
      ...streams.flatMap((changes) => [changes.length, ...changes]),
      ...running
        .map(({ of, node, live }) => [of + 64, node, live ? 1 : 0])
        .sort(byNumbers)
        .flat(),
      ...[faults.losses, faults.lostAnswers, faults.repeats],
    ];
    let text = '';
    for (const number of numbers) text += String.fromCharCode(number & 0x7fff, number >> 15);
    return text;
  }

  async stepsFrom(state: State): Promise<Step[]> {
    const steps: Step[] = [];
    for (const [index, running] of state.running.entries()) {
      const node = this.invocations.at(running.node);
      const command = this.engine.commands.at(node.command);
      if (command.addsOnce && (await this.engine.effectOf(node.command, state.table)).refused) {
        // Refused now, it is refused whenever it is sent, and changes nothing: no other order need be tried.
        return this.#stepsOf(state, running, index, false);
      }
      steps.push(...(await this.#stepsOf(state, running, index, true)));
    }
    for (const begun of await this.#beginnings(state)) {
      steps.push(
        ...(await this.#stepsOf(begun, begun.running.at(-1) as Running, begun.running.length - 1, true)),
      );
    }
    return steps;
  }

  /** The states in which one more invocation has begun and has sent nothing yet. */
  async #beginnings(state: State): Promise<State[]> {
    const begun: State[] = [];
    for (const [index, task] of this.plan.tasks.entries()) {
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
    for (const [index, changes] of state.streams.entries()) {
      const of = -1 - index;
      if (changes[0] === undefined || state.running.some((one) => one.live && one.of === of)) continue;
      const node = await this.#recompute(changes[0]);
      begun.push({ ...state, running: [...state.running, { of, node, live: true }] });
    }
    return begun;
  }

  #recompute(change: number): Promise<number> {
    const { before, after } = this.#changes.at(change);
    return this.invocations.start(`recompute ${change}`, () => (table) => {
      const projection = { table, clocks: CLOCKS, pause: async () => undefined };
      return recompute(projection, readOrderItem(after), before && readOrderItem(before));
    });
  }

  /** Everything that can become of one invocation now; without `faults`, only its going on. */
  async #stepsOf(state: State, running: Running, index: number, faults: boolean): Promise<Step[]> {
    const { command } = this.invocations.at(running.node);
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

/** Without zeros at the end, so that tables are alike although later ones have met more keys. */
function replaced(table: readonly number[], key: number, item: number): readonly number[] {
  const next = [...table];
  while (next.length < key) next.push(0);
  next[key] = item;
  while (next.at(-1) === 0) next.pop();
  return next;
}

function byNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left - right;
  }
  return 0;
}
