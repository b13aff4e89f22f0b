type Comparable = string | number;

/** Compares two keys part by part. Compares text by code unit, so that the result is the same on every machine. */
export function compareKeys(a: readonly Comparable[], b: readonly Comparable[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** A comparator for sort keys made of several parts. */
export function byKey<T>(key: (item: T) => readonly Comparable[]): (a: T, b: T) => number {
  return (a, b) => compareKeys(key(a), key(b));
}

/** The item with the greatest key; undefined if there are no items. */
export function greatest<T>(items: Iterable<T>, key: (item: T) => readonly Comparable[]): T | undefined {
  let found: { item: T; key: readonly Comparable[] } | undefined;
  for (const item of items) {
    const candidate = key(item);
    if (!found || compareKeys(candidate, found.key) > 0) found = { item, key: candidate };
  }
  return found?.item;
}
