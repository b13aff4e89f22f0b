/**
 * Adds a field that is computed on first read. JSON, comparisons and spreads treat it like any other field, so a journey
 * costs little until it is read.
 */
export function withLazy<Fields extends object, Name extends string, Value>(
  fields: Fields,
  name: Name,
  make: () => Value,
): Fields & Record<Name, Value> {
  const define = (descriptor: PropertyDescriptor): unknown =>
    Object.defineProperty(fields, name, { enumerable: true, configurable: true, ...descriptor });
  define({
    get: () => {
      const value = make();
      define({ value, writable: true });
      return value;
    },
  });
  return fields as Fields & Record<Name, Value>;
}
