/** Gives equal values one small number, so that states of the model are cheap to compare and store. */
export class Interner<T> {
  readonly #ids = new Map<string, number>();
  readonly #values: T[] = [];

  /** The number of the value with this text, from 1, so that 0 can mean "none". */
  idOf(text: string, value: () => T): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#values.push(value());
    this.#ids.set(text, this.#values.length);
    return this.#values.length;
  }

  at(id: number): T {
    const value = this.#values[id - 1];
    if (value === undefined) throw new RangeError(`there is no value with the number ${id}`);
    return value;
  }

  get size(): number {
    return this.#values.length;
  }
}

/** A text that is equal for equal items, including sets. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner instanceof Set) return { set: [...inner].sort() };
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
