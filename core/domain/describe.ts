import type * as z from 'zod/mini';

type Schema = z.core.$ZodType;

/** What the API's documents say of a schema, beside what follows from it. */
export interface Description {
  /** The name of its component in the OpenAPI document. */
  readonly id?: string;
  readonly description?: string;
  /** The descriptions of its properties. A property without one has that of its own schema. */
  readonly properties?: Readonly<Record<string, string | undefined>>;
  /** The JSON Schema in place of what follows from the schema: of text with a format, and of parameters, which are text. */
  readonly json?: Readonly<Record<string, unknown>>;
}

type DescriptionOf<Of extends Schema> = Omit<Description, 'properties'> &
  (Of extends { readonly shape: infer Shape }
    ? { readonly properties?: Partial<Record<keyof Shape, string>> }
    : unknown);

const descriptions = new Map<Schema, Description>();

/**
 * Describes a schema where it is declared. The statement has the label DOCS, with which bundling leaves it out of what is
 * deployed: https://esbuild.github.io/api/#drop-labels
 */
export function describe<Of extends Schema>(schema: Of, description: DescriptionOf<Of>): void {
  descriptions.set(schema, description);
}

/** Describes schemas that objects have as properties. */
export function describeEach<Shape extends Readonly<Record<string, Schema>>>(
  shape: Shape,
  each: Partial<Record<keyof Shape, string>>,
): void {
  for (const [name, description] of Object.entries(each) as [string, string][]) {
    const schema = shape[name];
    if (schema) descriptions.set(schema, { description });
  }
}

/** What was described so far, so by every module that was loaded. */
export const described: ReadonlyMap<Schema, Description> = descriptions;
