/**
 * `fields` with one more, made when it is first read and kept from then on. It is like any other field to
 * JSON, to a comparison and to a spread, so that a journey costs little until somebody looks at it.
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
