/** Whether new schemas of events accept only what the released ones accept. */
type Json = Record<string, unknown>;

/**
 * What a consumer of the released schema would not expect of an event by the current one.
 *
 * @param path where the schemas are in the detail
 */
export function breaks(released: Json, current: Json, path = ''): string[] {
  const known = variantsOf(released);
  return [...variantsOf(current)].flatMap(([type, variant]) => {
    const before = known.get(type);
    return before ? breaksOfVariant(before, variant, path) : [`${path || 'the detail'} can be ${type}`];
  });
}

/** The variants of a schema by their JSON type. */
function variantsOf(schema: Json): ReadonlyMap<string, Json> {
  const all = Array.isArray(schema.anyOf) ? (schema.anyOf as Json[]) : [schema];
  return new Map(
    all.flatMap((one) => {
      const types = one.type ?? ('const' in one ? typeof one.const : 'anything');
      return [types].flat().map((type) => [String(type), one] as const);
    }),
  );
}

function breaksOfVariant(before: Json, after: Json, path: string): string[] {
  const found: string[] = [];
  const allowed = before.enum as unknown[] | undefined;
  const values = after.enum as unknown[] | undefined;
  if (allowed && (!values || values.some((value) => !allowed.includes(value)))) {
    found.push(`${path} has values that are not in the closed list`);
  }
  if (before.const !== after.const) found.push(`${path} is not ${before.const}`);
  const required = new Set((after.required as string[] | undefined) ?? []);
  const [old, now] = [(before.properties ?? {}) as Json, (after.properties ?? {}) as Json];
  for (const [name, schema] of Object.entries(old)) {
    const at = path ? `${path}.${name}` : name;
    if (!required.has(name)) found.push(`${at} can be absent`);
    else found.push(...breaks(schema as Json, now[name] as Json, at));
  }
  if (before.items) found.push(...breaks(before.items as Json, (after.items ?? {}) as Json, `${path}[]`));
  return found;
}
