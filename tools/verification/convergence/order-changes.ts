/** The changes of order items that have not been recomputed yet. */
import { readOrderItem } from '../../../core/store/orders/order-item.ts';
import { idIn, isOfKind, itemName } from '../../../core/store/table-layout.ts';
import { type Projection, recompute } from '../../../core/use-cases/recompute.ts';
import type { Change } from '../memory-table/memory-table.ts';

/** By order, oldest first. */
export type Waiting = ReadonlyMap<string, readonly Change[]>;

export class OrderChanges {
  readonly #projection: Projection;
  readonly #waiting: Map<string, readonly Change[]>;

  constructor(projection: Projection, waiting: Waiting) {
    this.#projection = projection;
    this.#waiting = new Map(waiting);
  }

  get waiting(): Waiting {
    return this.#waiting;
  }

  /** The ids of the orders that have any. */
  get orders(): Set<string> {
    return new Set([...this.#waiting.values()].flatMap(([change]) => idIn('ORDER', change?.after ?? {})));
  }

  add(change: Change): void {
    const item = change.after;
    if (!item || !isOfKind('ORDER', item.sk)) return;
    const name = itemName(item);
    this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), change]);
  }

  /** Processes the oldest change of one of the orders that have any; false if there is none. */
  async step(choice: number): Promise<boolean> {
    const orders = [...this.#waiting.keys()];
    const order = orders[choice % orders.length];
    const [change, ...rest] = (order && this.#waiting.get(order)) || [];
    if (!order || !change?.after) return false;
    if (rest.length > 0) this.#waiting.set(order, rest);
    else this.#waiting.delete(order);
    await recompute(this.#projection, readOrderItem(change.after));
    return true;
  }
}
