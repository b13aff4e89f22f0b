/** Orders in which the same deliveries can arrive: every permutation, and seeded repetitions in between. */

/** All permutations, lazily, in the order of their indices: the first is the list itself. */
export function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

/** The permutation of this index, without making those before it. */
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

/** The same list with up to `most` of its items delivered again, each anywhere after its first delivery. */
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

/** Small whole numbers that depend on the seed alone (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % 1_000_003;
  };
}
