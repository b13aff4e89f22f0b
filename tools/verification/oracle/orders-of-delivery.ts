/** Orders in which the same deliveries can arrive: every permutation, and seeded repetitions. */

/** What to do while visiting all permutations. */
export interface Walk<T, Place> {
  /** Continues from a state with one more item. Every beginning has another `seed`. */
  readonly step: (from: Place, item: T, seed: number) => Promise<Place>;
  /** The end of a permutation. */
  readonly end: (at: Place, index: number) => Promise<void>;
  /** The index of the only permutation to visit; by default all of them. */
  readonly only?: number | undefined;
}

/**
 * Visits all permutations in the order of their indices; the first is the list itself. Permutations with the same
 * beginning share the state after it, so every beginning is visited once.
 */
export async function everyPermutation<T, Place>(
  items: readonly T[],
  start: Place,
  { step, end, only }: Walk<T, Place>,
): Promise<void> {
  const goOn = async (from: Place, left: readonly T[], first: number): Promise<void> => {
    if (left.length === 0) return end(from, first);
    const alike = factorial(left.length - 1);
    for (const [place, item] of left.entries()) {
      const index = first + place * alike;
      if (only !== undefined && (only < index || only >= index + alike)) continue;
      const seed = index * (items.length + 1) + left.length;
      await goOn(await step(from, item, seed), left.toSpliced(place, 1), index);
    }
  };
  await goOn(start, items, 0);
}

/** The permutation with this index, without generating the earlier ones. */
export function permutationAt<T>(items: readonly T[], index: number): T[] {
  if (items.length === 0) return [];
  const perFirst = factorial(items.length - 1);
  const first = Math.floor(index / perFirst);
  const item = items[first];
  if (item === undefined) throw new RangeError(`no permutation ${index} of ${items.length} items`);
  return [item, ...permutationAt(items.toSpliced(first, 1), index % perFirst)];
}

export function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** The same list with up to `most` of its items repeated, each anywhere after its first delivery. */
export function withDuplicates<T>(items: readonly T[], seed: number, most = 3): T[] {
  const next = numbers(seed);
  const repeated = [...items];
  for (let left = next() % (most + 1); left > 0 && items.length > 0; left--) {
    const from = next() % repeated.length;
    const again = repeated[from];
    if (again === undefined) continue;
    repeated.splice(from + 1 + (next() % (repeated.length - from)), 0, again);
  }
  return repeated;
}

/** Small whole numbers that depend only on the seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % 1_000_003;
  };
}
