import type * as z from 'zod/mini';

/** What was read of a payload, with the names of the fields that counted as absent; or why it cannot be read. */
export type Reading<Data> =
  | { readonly data: Data; readonly unreadable: readonly string[] }
  | { readonly issues: readonly z.core.$ZodIssue[] };

/** What was read; undefined if it cannot be read. */
export function dataOf<Data>(reading: Reading<Data>): Data | undefined {
  return 'data' in reading ? reading.data : undefined;
}

/** The path of a field as text: the root is `''`, and an entry of a list is `[]`, for example `events[].status`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, key) => (typeof key === 'number' ? `${name}[]` : name ? `${name}.${String(key)}` : String(key)),
    '',
  );
}

/**
 * Reads a payload by its schema. A value that cannot be read counts as absent, so that it does not hide the rest: first the
 * field itself and, if it cannot be absent, what it is a part of. The values in `needed`, and the payload as a whole, must be readable.
 *
 * @param needed the names of fields, as `fieldName` gives them
 * @returns the errors of the needed values, if one cannot be read
 */
export function readLeniently<Schema extends z.ZodMiniType>(
  schema: Schema,
  payload: unknown,
  needed: ReadonlySet<string>,
): Reading<z.output<Schema>> {
  const unreadable = new Set<string>();
  let rest = payload;
  // Each round removes at least one value.
  for (;;) {
    const { success, data, error } = schema.safeParse(rest);
    if (success) return { data, unreadable: [...unreadable] };
    const given = rest;
    const absent = error.issues.map(({ path }) => presentPart(given, path));
    const refused = error.issues.filter((_, at) => isNeeded(fieldName(absent[at] ?? []), needed));
    if (refused.length > 0) return { issues: refused };
    for (const [at, { path }] of error.issues.entries()) {
      // A part that is absent by now was counted in an earlier round.
      if (absent[at]?.length === path.length) unreadable.add(fieldName(path));
    }
    for (const path of absent) rest = withoutValue(rest, path);
  }
}

function isNeeded(name: string, needed: ReadonlySet<string>): boolean {
  return name === '' || needed.has(name);
}

/** The path itself, or that of the nearest part around it that is present. */
function presentPart(payload: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  let length = 0;
  let value = payload;
  for (const [depth, key] of path.entries()) {
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
    if (value === null || value === undefined) break;
    length = depth + 1;
  }
  return path.slice(0, length);
}

/** A copy of the payload in which the value at the path is null. */
function withoutValue(payload: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined || typeof payload !== 'object' || payload === null) return null;
  const copy = Array.isArray(payload) ? [...payload] : { ...payload };
  const fields = copy as Record<PropertyKey, unknown>;
  fields[key] = withoutValue(fields[key], rest);
  return copy;
}
