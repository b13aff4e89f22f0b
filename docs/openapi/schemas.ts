import * as z from 'zod/mini';
import { type Description, described } from '../../core/domain/describe.ts';

export type JsonSchema = Record<string, unknown>;
type Schema = z.core.$ZodType;
/** What a client sends, and what it gets. */
export type Role = 'input' | 'output';

/** Marks the JSON Schema of a described schema, until its description is added. */
const MARK = 'x-described';
/** Marks a transform that is not described. */
const UNREPRESENTABLE = 'x-unrepresentable';
const reference = (id: string) => `#/components/schemas/${id}`;
const IN_DEFINITIONS = /^#\/\$defs\//;

/** The JSON Schemas of the API, with the descriptions that stand beside the declarations. */
export class Schemas {
  readonly #described: readonly [Schema, Description][] = [...described];
  readonly #named = z.registry<{ id: string }>();
  readonly #all: Readonly<Record<Role, Readonly<Record<string, JsonSchema>>>>;
  readonly #used = new Map<string, JsonSchema>();
  readonly #closed: boolean;

  /** @param closed whether answers must not have more than they are declared to have */
  constructor({ closed }: { readonly closed: boolean }) {
    this.#closed = closed;
    for (const [schema, { id }] of this.#described) if (id !== undefined) this.#named.add(schema, { id });
    this.#all = { input: this.#components('input'), output: this.#components('output') };
  }

  /** The schema, or a reference to it if it has a name. */
  of(schema: Schema, role: Role): JsonSchema {
    const named = this.#named.get(schema);
    const json = named ? { $ref: reference(named.id) } : this.#inline(schema, role);
    this.#use(json, role);
    return json;
  }

  /** The schemas with a name that were referred to so far. */
  used(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#used].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  #inline(schema: Schema, role: Role): JsonSchema {
    const override = this.#mark;
    const { $schema, $defs, ...json } = z.toJSONSchema(schema, { io: role, metadata: this.#named, override });
    return this.#finish(json) as JsonSchema;
  }

  #components(role: Role): Record<string, JsonSchema> {
    const override = this.#mark;
    // Each schema is written for both roles, and can make sense in only one.
    const { schemas } = z.toJSONSchema(this.#named, {
      io: role,
      uri: reference,
      override,
      unrepresentable: 'any',
    });
    return Object.fromEntries(
      Object.entries(schemas).map(([id, { $schema, $id, ...json }]) => [
        id,
        this.#finish(json) as JsonSchema,
      ]),
    );
  }

  #use(json: unknown, role: Role): void {
    if (JSON.stringify(json).includes(UNREPRESENTABLE))
      throw new Error(`No JSON Schema: ${JSON.stringify(json)}`);
    for (const [, id = ''] of JSON.stringify(json).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const component = this.#all[role][id];
      if (!component) throw new Error(`No schema has the name ${id}.`);
      const before = this.#used.get(id);
      if (before && JSON.stringify(before) !== JSON.stringify(component)) {
        throw new Error(`${id} is not the same in requests and answers. Give each a name.`);
      }
      if (before) continue;
      this.#used.set(id, component);
      this.#use(component, role);
    }
  }

  readonly #mark = ({ zodSchema, jsonSchema }: { zodSchema: Schema; jsonSchema: JsonSchema }): void => {
    // These limits come from JavaScript, not from the API.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    // The pattern of a date says no more than its format.
    if (jsonSchema.format === 'date') delete jsonSchema.pattern;
    // Answers may gain fields. What a strict object refuses stays refused.
    const { catchall, type } = zodSchema._zod.def as { catchall?: unknown; type: string };
    if (catchall === undefined && !this.#closed) delete jsonSchema.additionalProperties;
    const at = this.#described.findIndex(([schema]) => schema === zodSchema);
    if (at >= 0) jsonSchema[MARK] = at;
    if (type === 'transform') jsonSchema[UNREPRESENTABLE] = true;
  };

  /** Adds the descriptions to a schema and its parts. */
  #finish(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#finish(one));
    if (typeof value !== 'object' || value === null) return value;
    const { [MARK]: mark, ...rest } = value as JsonSchema;
    const { description, properties = {}, json } = this.#described[Number(mark)]?.[1] ?? {};
    const parts = Object.entries(rest).map(([key, part]) => [
      key,
      key === '$ref' ? part : this.#finish(part),
    ]);
    const finished = withNull({
      ...(json ?? (Object.fromEntries(parts) as JsonSchema)),
      ...(description !== undefined && { description }),
    });
    if (typeof finished.$ref === 'string')
      finished.$ref = finished.$ref.replace(IN_DEFINITIONS, reference(''));
    const shape = finished.properties as Record<string, JsonSchema> | undefined;
    for (const [name, one] of Object.entries(shape ?? {})) {
      const said =
        properties[name] ?? one.description ?? (one.$ref === undefined ? this.inherited(one) : undefined);
      if (shape && said !== undefined) shape[name] = { ...one, description: said };
    }
    return finished;
  }

  /** What the named schema says that a schema refers to, also where it may be null. */
  inherited({ anyOf, $ref: own }: JsonSchema): string | undefined {
    const [{ $ref = own } = {}] = (anyOf ?? []) as { $ref?: string }[];
    return this.#described.find(([, { id }]) => id !== undefined && $ref === reference(id))?.[1].description;
  }
}

/** A type that may be null, in the short form of JSON Schema. */
function withNull(json: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = json;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return json;
  const [some, none] = anyOf as [JsonSchema, JsonSchema];
  if (none.type !== 'null' || typeof some.type !== 'string' || some.enum) return json;
  return { ...some, ...rest, type: [some.type, 'null'] };
}
