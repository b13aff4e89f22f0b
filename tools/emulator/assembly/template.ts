/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

/** What the changes need to know of the emulator. */
export interface Emulator {
  readonly port: number;
  /** RFC 3339, in whole seconds. */
  readonly startedAt: string;
}

/** @returns the same object if nothing had to be changed */
export type Change = (template: Template, emulator: Emulator) => Template;

/** Leaves out resources, and writes their names wherever others refer to them. */
export function withoutResources(isLackedIn: (resource: Resource) => boolean): Change {
  return (template) => {
    const entries = Object.entries(template.Resources);
    const gone = new Set(entries.flatMap(([id, resource]) => (isLackedIn(resource) ? [id] : [])));
    if (gone.size === 0) return template;
    const kept = Object.fromEntries(entries.filter(([id]) => !gone.has(id)));
    return changeValues({ ...template, Resources: kept }, (value) => withoutReferenceTo(gone, value));
  };
}

function withoutReferenceTo(gone: ReadonlySet<string>, value: Value): unknown {
  const { Ref: reference, 'Fn::GetAtt': attribute, DependsOn: dependencies } = value;
  if (typeof reference === 'string' && gone.has(reference)) return reference;
  if (Array.isArray(attribute) && gone.has(String(attribute[0]))) return attribute.join('.');
  const needed = [dependencies ?? []].flat();
  const left = needed.filter((id) => !gone.has(String(id)));
  return left.length === needed.length ? undefined : { ...value, DependsOn: left };
}

/** Changes each resource of a type. */
export function withResources(
  type: string,
  replace: (resource: Resource, emulator: Emulator) => Resource,
): Change {
  return (template, emulator) => {
    const entries = Object.entries(template.Resources);
    const changed = entries.map(([id, resource]): [string, Resource] => [
      id,
      resource.Type === type ? replace(resource, emulator) : resource,
    ]);
    if (changed.every(([, resource], at) => resource === entries[at]?.[1])) return template;
    return { ...template, Resources: Object.fromEntries(changed) };
  };
}

type Value = Readonly<Record<string, unknown>>;

/**
 * Replaces objects at any depth, and then what is in the replaced ones.
 *
 * @param replace returns undefined for an object that stays
 * @returns the same value if nothing was replaced
 */
export function changeValues<Changed>(value: Changed, replace: (value: Value) => unknown): Changed {
  if (Array.isArray(value)) {
    const items = value.map((one) => changeValues(one, replace));
    return items.every((one, at) => one === value[at]) ? value : (items as Changed);
  }
  if (typeof value !== 'object' || value === null) return value;
  const replaced = replace(value as Value);
  if (replaced !== undefined && (typeof replaced !== 'object' || replaced === null))
    return replaced as Changed;
  const entries = Object.entries((replaced ?? value) as Value);
  const changed = entries.map(([key, one]): [string, unknown] => [key, changeValues(one, replace)]);
  const isSame = replaced === undefined && changed.every(([, one], at) => one === entries[at]?.[1]);
  return isSame ? value : (Object.fromEntries(changed) as Changed);
}
