import type { Item, Table } from './table.ts';
import { itemName } from './table-layout.ts';

/** An item whose attributes cannot be read. A retry would not help. */
export class DamagedItem extends TypeError {
  override readonly name = 'DamagedItem';
  /** Its kind and id. */
  readonly item: string;

  constructor(item: Item) {
    super(`cannot be read: ${itemName(item)}`);
    this.item = itemName(item);
  }
}

/**
 * Reads the attributes of an item.
 *
 * @throws DamagedItem if `read` throws
 */
export function readAttributes<Read>(item: Item, read: (item: Item) => Read): Read {
  try {
    return read(item);
  } catch {
    // What an error says of the attributes must not reach a log.
    throw new DamagedItem(item);
  }
}

/** Reads each item of a list. A damaged one must not hide the others: it is reported and left out. */
export function readEach<Read>(table: Table, items: readonly Item[], read: (item: Item) => Read): Read[] {
  return eachIntact(table, items, itemName, read);
}

/** The same for what was read from items; `read` must not ask the database. */
export function eachIntact<One, Read>(
  { onDamaged }: Pick<Table, 'onDamaged'>,
  all: readonly One[],
  nameOf: (one: One) => string,
  read: (one: One) => Read,
): Read[] {
  return all.flatMap((one) => {
    try {
      return [read(one)];
    } catch {
      onDamaged?.(nameOf(one));
      return [];
    }
  });
}

/** The result of a task, or null if it met a damaged item, which is reported. */
export async function unlessDamaged<Result>(
  { onDamaged }: Pick<Table, 'onDamaged'>,
  task: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof DamagedItem)) throw error;
    onDamaged?.(error.item);
    return null;
  }
}

/** The attributes of an item that are whole numbers. The others are left out, and the item is reported. */
export function wholeNumbers(
  { onDamaged }: Pick<Table, 'onDamaged'>,
  item: Item,
  attributes: readonly (readonly [name: string, value: unknown])[],
): (readonly [name: string, value: number])[] {
  const numbers = attributes.flatMap(([name, value]) =>
    typeof value === 'number' && Number.isSafeInteger(value) ? [[name, value] as const] : [],
  );
  if (numbers.length < attributes.length) onDamaged?.(itemName(item));
  return numbers;
}
