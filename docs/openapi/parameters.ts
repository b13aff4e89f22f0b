import type * as z from 'zod/mini';
import type { JsonSchema, Schemas } from './schemas.ts';

/** The parameters of a part of the request. */
export function parametersIn(
  schemas: Schemas,
  place: 'path' | 'query' | 'header',
  schema: z.core.$ZodType,
): JsonSchema[] {
  const { properties = {}, required = [] } = schemas.of(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...described }]) => ({
    name,
    in: place,
    description: description ?? schemas.inherited(described),
    required: place === 'path' || required.includes(name),
    schema: described,
    ...(described.type === 'array' && { style: 'form', explode: true }),
  }));
}

/** Moves parameters that several operations have in the same form into components, and refers to them. */
export function shareParameters(paths: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods)) as {
    parameters: JsonSchema[];
  }[];
  const uses = new Map<string, number>();
  for (const parameter of operations.flatMap(({ parameters }) => parameters)) {
    const text = JSON.stringify(parameter);
    uses.set(text, (uses.get(text) ?? 0) + 1);
  }
  const shared = new Map<string, string>();
  for (const [text, count] of uses) {
    const { name } = JSON.parse(text) as { name: string };
    const id = name.replaceAll(/(?:^|[_-])(\w)/g, (_, letter: string) => letter.toUpperCase());
    if (count > 1 && ![...shared.values()].includes(id)) shared.set(text, id);
  }
  for (const operation of operations) {
    operation.parameters = operation.parameters.map((parameter) => {
      const id = shared.get(JSON.stringify(parameter));
      return id === undefined ? parameter : { $ref: `#/components/parameters/${id}` };
    });
  }
  return Object.fromEntries([...shared].map(([text, id]) => [id, JSON.parse(text)]));
}
