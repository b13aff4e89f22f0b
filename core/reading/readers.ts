import { Fault, type ReadBy, type Reader, readStrictly } from './reading.ts';

type Fields = Readonly<Record<string, Reader<unknown>>>;
/** What an object with these fields is read as. */
export type FieldsRead<Of extends Fields> = { readonly [Name in keyof Of]: ReadBy<Of[Name]> };

/** A text as `read` returns it. If that is null, it cannot be read. */
export function textAs(read: (given: string) => string | null, message: string): Reader<string> {
  return (given, reading) => {
    const value = typeof given === 'string' ? read(given) : null;
    return value ?? reading.fault(message);
  };
}

export const text = textAs((given) => given, 'not text');

export const atLeast = (length: number): Reader<string> =>
  textAs((given) => (given.length < length ? null : given), `not ${length} characters or more`);

export const nonEmpty = atLeast(1);

export const matching = (pattern: RegExp): Reader<string> =>
  textAs((given) => (pattern.test(given) ? given : null), 'not of the expected form');

export const url = textAs((given) => (URL.canParse(given) ? given : null), 'not a URL');

/** A number that a text states. */
export const positiveInteger: Reader<number> = (given, reading) => {
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : 0;
  return number > 0 && Number.isSafeInteger(number) ? number : reading.fault('not a positive whole number');
};

const valueIf =
  <Value>(is: (given: unknown) => given is Value, message: string): Reader<Value> =>
  (given, reading) =>
    is(given) ? given : reading.fault(message);

export const boolean = valueIf((given) => typeof given === 'boolean', 'neither true nor false');

export const number = valueIf(
  (given): given is number => typeof given === 'number' && Number.isFinite(given),
  'not a number',
);

export const integer = valueIf((given): given is number => Number.isSafeInteger(given), 'not a whole number');

export const naturalNumber = valueIf(
  (given): given is number => Number.isSafeInteger(given) && Number(given) >= 0,
  'not a whole number from 0',
);

export function oneOf<const Values extends readonly unknown[]>(values: Values): Reader<Values[number]> {
  return valueIf((given): given is Values[number] => values.includes(given), 'not one of the known values');
}

/** A value that may be null or absent; absent is read as null. */
export function orNull<Read>(read: Reader<Read>): Reader<Read | null> {
  return (given, reading) => (given === null || given === undefined ? null : read(given, reading));
}

/** A value that may be absent; then it is undefined. */
export function optional<Read>(read: Reader<Read>): Reader<Read | undefined> {
  return (given, reading) => (given === null || given === undefined ? undefined : read(given, reading));
}

/** A value in whose place another one is used if any part of it cannot be read. */
export function orElse<Read, Other>(read: Reader<Read>, other: Other): Reader<Read | Other> {
  return (given) => {
    const value = readStrictly(read, given);
    return value === undefined ? other : value;
  };
}

/** A value turned into another one. If that is null, it cannot be read. */
export function changed<Read, Other>(
  read: Reader<Read>,
  change: (value: Read) => Other | null,
  message: string,
): Reader<Other> {
  return (given, reading) => {
    const value = read(given, reading);
    return value instanceof Fault ? value : (change(value) ?? reading.fault(message));
  };
}

/** An object. Other fields are not read. */
export function object<const Of extends Fields>(fields: Of): Reader<FieldsRead<Of>> {
  const entries = Object.entries(fields);
  return (given, reading) => {
    if (!isRecord(given)) return reading.fault('not an object');
    const data: Record<string, unknown> = {};
    let fault: Fault | undefined;
    for (const [name, read] of entries) {
      const value = reading.part(read, name, given[name]);
      if (value instanceof Fault) fault ??= value;
      else data[name] = value;
    }
    return fault ?? (data as FieldsRead<Of>);
  };
}

/** An object with all its other fields, unread. */
export function looseObject<const Of extends Fields>(
  fields: Of,
): Reader<FieldsRead<Of> & Readonly<Record<string, unknown>>> {
  const read = object(fields);
  return (given, reading) => {
    const data = read(given, reading);
    return data instanceof Fault ? data : { ...(given as object), ...data };
  };
}

export function list<Read>(read: Reader<Read>): Reader<Read[]> {
  return (given, reading) => {
    if (!Array.isArray(given)) return reading.fault('not a list');
    const data: Read[] = [];
    let fault: Fault | undefined;
    for (const [index, entry] of given.entries()) {
      const value = reading.part(read, index, entry);
      if (value instanceof Fault) fault ??= value;
      else data.push(value);
    }
    return fault ?? data;
  };
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
