/** JSON with sorted keys, so that equal values give equal strings. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Whether two values are equal as JSON, whatever the order of their keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}
