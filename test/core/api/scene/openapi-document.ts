/** An OpenAPI document to check answers against. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Asked } from './query-api.ts';

export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly [type: string]: { readonly schema: Schema; readonly example?: unknown };
}

interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Content;
}

export interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Record<string, string[]>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

export class Described {
  readonly document: OpenApi;
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<Schema, ValidateFunction>();

  /** @param document is shown with the parameters and responses that its operations refer to in their place */
  constructor(document: OpenApi) {
    this.document = { ...document, paths: withoutReferences(document) };
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addFormat('binary', true);
    this.#ajv.addSchema({ $id: 'openapi', ...document });
  }

  /** The schema that a reference is to. */
  schemaOf(schema: Schema): Schema {
    const id = /^#\/components\/schemas\/(\w+)$/.exec(String(schema.$ref))?.[1];
    return id === undefined ? schema : (this.document.components.schemas[id] ?? schema);
  }

  /** Why a value does not fit a schema of the document; null if it fits. */
  faultOf(schema: Schema, value: unknown): string | null {
    const validate = this.#compiled.get(schema) ?? this.#ajv.compile(inDocument(schema));
    this.#compiled.set(schema, validate);
    return validate(value) ? null : JSON.stringify(validate.errors);
  }

  /** Why an answer is not documented; null if it is. */
  faultOfAnswer(operation: Operation, { status, headers, text, json }: Asked): string | null {
    const response = operation.responses[String(status)];
    if (!response) return `${status} is not documented: ${text}`;
    const type = headers['content-type'] ?? '';
    const described = response.content?.[type];
    if (!described) return `${status} with ${type} is not documented`;
    return type.endsWith('json') ? this.faultOf(described.schema, json) : null;
  }

  examplesThatDoNotFit(): string[] {
    const operations = Object.values(this.document.paths).flatMap((methods) => Object.values(methods));
    const contents = operations.flatMap(({ requestBody, responses }) => [
      ...(requestBody ? [requestBody.content] : []),
      ...Object.values(responses).flatMap(({ content }) => (content ? [content] : [])),
    ]);
    return contents
      .flatMap((content) => Object.values(content))
      .filter(({ example }) => example !== undefined)
      .flatMap(({ schema, example }) => this.faultOf(schema, example) ?? []);
  }
}

function withoutReferences({ paths, components }: OpenApi): OpenApi['paths'] {
  return JSON.parse(JSON.stringify(paths), (_, value) => {
    const [, kind, id] = /^#\/components\/(parameters|responses)\/(\w+)$/.exec(value?.$ref) ?? [];
    if (id === undefined) return value;
    return kind === 'parameters' ? components.parameters[id] : components.responses[id];
  });
}

/** References point into the document, and a schema is only a part of it. */
function inDocument(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/'));
}
