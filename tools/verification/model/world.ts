/** A bounded world: its tasks, and every way in which it can continue from any state. */

import { readOrderItem } from '../../../core/store/orders/order-item.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { orderKey } from '../../../core/store/table-layout.ts';
import { recompute } from '../../../core/use-cases/recompute.ts';
import { projectionOn } from '../convergence/product.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import { Engine } from './engine.ts';
import { checkChange, checkTable } from './invariants.ts';
import { Invocations } from './invocations.ts';
import { Publications } from './publications.ts';
import { beginning, DONE, type Running, replaced, type State, UNDER_WAY, WAITING } from './state.ts';
import type { WorldPlan } from './world-plan.ts';

/** One way to continue: what happened, for readers, and the resulting state. */
export interface Step {
  readonly kind: 'continues' | 'is interrupted' | 'is discarded' | 'takes effect, its answer is lost';
  readonly of: number;
  readonly command: number;
  readonly refused: boolean;
  readonly next: State;
}

export class Violation extends Error {
  override readonly name = 'Violation';
}

export class World {
  readonly plan: WorldPlan;
  readonly engine: Engine;
  readonly invocations: Invocations;
  /** Tables that have been checked, by the numbers of their items. */
  readonly #checked = new Set<string>();
  readonly #publications: Publications;

  constructor(plan: WorldPlan) {
    this.plan = plan;
    this.engine = new Engine(plan.orders.map((id) => Object.values(orderKey(id)).join(' ')));
    this.invocations = new Invocations(this.engine);
    this.#publications = new Publications(plan);
  }

  get start(): State {
    const { orders, tasks, faults } = this.plan;
    return beginning(orders.length, tasks.length, faults);
  }

  itemsOf({ table }: State): Attributes[] {
    return table.flatMap((item) => (item ? [this.engine.items.at(item)] : []));
  }

  async stepsFrom(state: State): Promise<Step[]> {
    const steps: Step[] = [];
    for (const [index, running] of state.running.entries()) {
      steps.push(...(await this.#stepsOf(state, running, index)));
    }
    for (const begun of await this.#beginnings(state)) {
      steps.push(...(await this.#stepsOf(begun, begun.running.at(-1) as Running, begun.running.length - 1)));
    }
    return steps;
  }

  /** The states in which one more invocation has begun and has sent nothing yet. */
  async #beginnings(state: State): Promise<State[]> {
    const { tasks, orders } = this.plan;
    const begun: State[] = [];
    for (const [index, task] of tasks.entries()) {
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
    const isBusy = (of: number) => state.running.some((one) => one.live && one.of === of);
    const start = (of: number, node: number) =>
      begun.push({ ...state, running: [...state.running, { of, node, live: true }] });
    for (const [order, changes] of state.streams.entries()) {
      if (changes[0] !== undefined && !isBusy(-1 - order))
        start(-1 - order, await this.#recompute(changes[0]));
    }
    for (const order of state.owed) {
      if (!isBusy(tasks.length + order))
        start(tasks.length + order, await this.#redrive(orders[order] ?? ''));
    }
    return begun;
  }

  #recompute(item: number): Promise<number> {
    return this.invocations.start(
      `recompute ${item}`,
      () => (table) => recompute(projectionOn(table), readOrderItem(this.engine.items.at(item))),
    );
  }

  /** A discarded record returns as the order's id, and the order's record is read then. */
  #redrive(order: string): Promise<number> {
    return this.invocations.start(`redrive ${order}`, () => async (table) => {
      const record = await readOrder(table, order);
      if (record) await recompute(projectionOn(table), record);
    });
  }

  /** Everything that can happen to one invocation now. */
  async #stepsOf(state: State, running: Running, index: number): Promise<Step[]> {
    const { command } = this.invocations.at(running.node);
    const effect = await this.engine.effectOf(command, state.table);
    const { of } = running;
    const wrote = this.#written(state, effect.writes, running);
    const node = await this.invocations.answered(running.node, effect.answer);
    const after = this.#wentOn(wrote, { ...running, node }, index);
    const steps: Step[] = [{ kind: 'continues', of, command, refused: effect.refused, next: after }];
    const { losses, lostAnswers, drops } = state.faults;
    if (lostAnswers > 0 && effect.writes.length > 0) {
      const next = { ...wrote, faults: { ...state.faults, lostAnswers: lostAnswers - 1 } };
      steps.push({ kind: 'takes effect, its answer is lost', of, command, refused: false, next });
    }
    if (losses > 0 && running.live) {
      const next = this.#givenUp(
        { ...state, faults: { ...state.faults, losses: losses - 1 } },
        running,
        index,
      );
      steps.push({ kind: 'is interrupted', of, command, refused: false, next });
    }
    if (drops > 0 && running.live && of < 0) {
      const next = this.#dropped({ ...state, faults: { ...state.faults, drops: drops - 1 } }, running, index);
      steps.push({ kind: 'is discarded', of, command, refused: false, next });
    }
    return steps;
  }

  #written(state: State, writes: readonly (readonly [number, number])[], by: Running): State {
    let { table, streams } = state;
    for (const [key, item] of writes) {
      const before = table[key] ? this.engine.items.at(table[key]) : null;
      const after = item ? this.engine.items.at(item) : null;
      const found = checkChange(this.engine.keyAt(key), before, after);
      if (found) throw new Violation(found);
      const said = this.#publications.faultOf({ before, after }, { state, by }, this.#imagesOf(state));
      if (said) throw new Violation(said);
      if (key < streams.length && after) streams = streams.with(key, [...(streams[key] ?? []), item]);
      table = replaced(table, key, item);
    }
    const written = { ...state, table, streams };
    if (writes.length > 0) this.#checkTable(written);
    return written;
  }

  /** Every item, and the earlier ones that the streams still have. */
  #imagesOf(state: State): Attributes[] {
    return [...this.itemsOf(state), ...state.streams.flat().map((item) => this.engine.items.at(item))];
  }

  #checkTable(state: State): void {
    const text = state.table.join();
    if (this.#checked.has(text)) return;
    const found = checkTable(this.itemsOf(state));
    if (found) throw new Violation(found);
    this.#checked.add(text);
  }

  /** The state after an invocation has reached a node, which may be its last one. */
  #wentOn(state: State, running: Running, index: number): State {
    const { command } = this.invocations.at(running.node);
    if (command !== 0) return { ...state, running: state.running.with(index, running) };
    const rest = { ...state, running: state.running.toSpliced(index, 1) };
    if (!running.live) return rest;
    if (running.of < 0) {
      const stream = -1 - running.of;
      return { ...rest, streams: state.streams.with(stream, (state.streams[stream] ?? []).slice(1)) };
    }
    const { length } = this.plan.tasks;
    if (running.of >= length)
      return { ...rest, owed: rest.owed.filter((order) => order !== running.of - length) };
    return { ...rest, tasks: state.tasks.with(running.of, DONE) };
  }

  #givenUp(state: State, running: Running, index: number): State {
    const late = { ...state, running: state.running.with(index, { ...running, live: false }) };
    const isTask = running.of >= 0 && running.of < this.plan.tasks.length;
    return isTask ? { ...late, tasks: state.tasks.with(running.of, WAITING) } : late;
  }

  /** The invocation and the stream's record are gone, and the order needs a recompute. */
  #dropped(state: State, running: Running, index: number): State {
    const order = -1 - running.of;
    return {
      ...state,
      running: state.running.toSpliced(index, 1),
      streams: state.streams.with(order, (state.streams[order] ?? []).slice(1)),
      owed: [...new Set([...state.owed, order])].sort(),
    };
  }

  describe({ kind, of, command, refused }: Step): string {
    const { tasks } = this.plan;
    const name =
      of < 0 ? `recompute of order ${-of}` : (tasks[of]?.name ?? `redrive of order ${of - tasks.length + 1}`);
    return `${name} ${kind}: ${this.engine.commands.at(command).label}${refused ? ' (refused)' : ''}`;
  }
}
