import * as z from 'zod';
import { eventEnvelope } from '../../core/domain/events/domain-events.ts';
import { version } from '../../lib/configuration/version.ts';
import type { EventDocument } from '../capabilities.ts';
import { CLOSED_FIELDS, FIELD_MEANINGS } from './fields.ts';

type Json = Record<string, unknown>;

const [MAJOR] = version.split('.');

/** The name of an event in file names and ids: `redraw-stale`. */
export function slugOf(type: string): string {
  return type.toLowerCase().replaceAll(' ', '-');
}

/** The `$id` of an event's schema. It changes with the major version only. */
export function schemaId(type: string): string {
  return `urn:redraw-tracker:events:${MAJOR}:${slugOf(type)}`;
}

/** The whole detail of an example: with what the bus adds to each. */
export function exampleDetail(type: string, { example }: Pick<EventDocument, 'example'>): Json {
  const { transaction_id, order_id } = example as { transaction_id?: string; order_id?: string };
  const path = transaction_id ? `/transactions/${transaction_id}` : order_id ? `/orders/${order_id}` : '/';
  return {
    ...example,
    type,
    schema_version: version,
    historical: false,
    watch_only: false,
    links: { dashboard: `https://redraws.example.com${path}`, api: `https://api.example.com/v1${path}` },
  };
}

/** The JSON schema of an event's detail. Fields may be added, so others than these are allowed. */
export function schemaOf(type: string, event: EventDocument): Json {
  const { $schema, ...schema } = z.toJSONSchema(event.schema, { io: 'input' }) as Json;
  const envelope = z.toJSONSchema(eventEnvelope, { io: 'input' });
  const properties = { ...(schema.properties as Json), ...envelope.properties };
  const required = [...(schema.required as string[]), ...(envelope.required ?? [])];
  const described = withMeanings({ ...schema, properties, required }) as Json;
  (described.properties as Record<string, Json>).type = { ...typeSchema(type) };
  return {
    $schema,
    $id: schemaId(type),
    title: type,
    description: event.when.replaceAll(/[`[\]]|\(\S+\)/g, ''),
    ...described,
    examples: [exampleDetail(type, event)],
  };
}

function typeSchema(type: string): Json {
  return { description: FIELD_MEANINGS.type, const: type };
}

function withMeanings(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMeanings);
  if (typeof value !== 'object' || value === null) return value;
  const { properties, minimum: _, maximum: __, ...others } = value as Json;
  return {
    ...Object.fromEntries(Object.entries(others).map(([key, inner]) => [key, withMeanings(inner)])),
    ...(properties !== undefined && { properties: describedProperties(properties as Json) }),
  };
}

function describedProperties(properties: Json): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const meaning = FIELD_MEANINGS[name];
      if (meaning === undefined) throw new Error(`fields.ts does not say what ${name} means.`);
      return [name, { description: meaning, ...(withMeanings(opened(name, schema as Json)) as Json) }];
    }),
  );
}

/** The longest list of values that a schema repeats as examples. The table of fields has all. */
const MAX_EXAMPLES = 9;

/** An open list of values accepts others. The known ones are its examples. */
function opened(name: string, schema: Json): Json {
  if (CLOSED_FIELDS.has(name)) return schema;
  const open = ({ enum: values, ...rest }: Json): Json =>
    Array.isArray(values)
      ? { ...rest, ...(values.length <= MAX_EXAMPLES && { examples: values }) }
      : { enum: values, ...rest };
  if (Array.isArray(schema.enum)) return open(schema);
  if (!Array.isArray(schema.anyOf)) return schema;
  const anyOf = schema.anyOf.map((one: Json) => (Array.isArray(one.enum) ? open(one) : one));
  return { ...schema, anyOf };
}

/** The values of each field with an open or closed list, in all events. */
export function listedValues(events: readonly EventDocument[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { schema } of events) collectValues('', z.toJSONSchema(schema, { io: 'input' }) as Json, found);
  return found;
}

function collectValues(name: string, schema: Json, found: Map<string, Set<string>>): void {
  const { properties = {}, items, anyOf = [], enum: values = [] } = schema;
  for (const value of values as string[]) found.set(name, (found.get(name) ?? new Set()).add(value));
  for (const [inner, property] of Object.entries(properties as Record<string, Json>)) {
    collectValues(inner, property, found);
  }
  for (const variant of anyOf as Json[]) collectValues(name, variant, found);
  if (items) collectValues(name, items as Json, found);
}

/** The part of a schema that the compatibility of releases is judged by. */
export function withoutTexts(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutTexts);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, inner]) => {
      if (key === 'properties') {
        const properties = Object.entries(inner).map(([name, one]) => [name, withoutTexts(one)]);
        return [[key, Object.fromEntries(properties)]];
      }
      const isText = ['$schema', 'title', 'description', 'examples'].includes(key);
      return isText ? [] : [[key, withoutTexts(inner)]];
    }),
  );
}
