/** What an OpenAPI document leaves without a description or a name. */
import type { OpenApi, Schema } from './openapi-document.ts';

/** The names of the schemas that a part of a document refers to. */
export function namesIn(part: unknown): string[] {
  const referred = [...JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)"/g)];
  return [...new Set(referred.map(([, id = '']) => id))].toSorted();
}

type Found = readonly [where: string, schema: Schema];

const partsOf = ({ anyOf, items, additionalProperties }: Schema): Schema[] =>
  [anyOf, items, additionalProperties].flat().filter((one): one is Schema => typeof one === 'object');

/** The properties of a schema and of its parts, without those of the schemas that it refers to. */
function propertiesOf(where: string, schema: Schema): Found[] {
  const own = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>);
  return [
    ...own.flatMap(([name, one]): Found[] => [
      [`${where}.${name}`, one],
      ...propertiesOf(`${where}.${name}`, one),
    ]),
    ...partsOf(schema).flatMap((one) => propertiesOf(where, one)),
  ];
}

const named = ({ components }: OpenApi): Found[] => Object.entries(components.schemas);
const operationsOf = ({ paths }: OpenApi) =>
  Object.values(paths).flatMap((methods) => Object.values(methods));

/** The schemas, properties, parameters and operations that say nothing of themselves. */
export function undescribed(document: OpenApi): string[] {
  const schemas = named(document);
  const properties = schemas
    .flatMap(([id, schema]) => propertiesOf(id, schema))
    // What a property refers to has a description.
    .filter(([, { $ref }]) => $ref === undefined);
  const operations = operationsOf(document);
  const parameters = [
    ...operations.flatMap(({ parameters }) => parameters).filter((one) => !('$ref' in one)),
    ...Object.values(document.components.parameters),
  ];
  return [
    ...[...schemas, ...properties].filter(([, { description }]) => !description).map(([where]) => where),
    ...parameters.filter(({ description }) => !description).map(({ name }) => `parameter ${name}`),
    ...operations.filter(({ description }) => !description).map(({ operationId }) => operationId),
  ];
}

/** The objects that have no name of their own, so that a generated client makes one up. */
export function unnamed(document: OpenApi): string[] {
  const inSchemas = named(document).flatMap(([id, schema]) => [
    ...propertiesOf(id, schema),
    ...partsOf(schema).map((one): Found => [id, one]),
  ]);
  const contents = operationsOf(document).flatMap(({ operationId, requestBody, responses }) =>
    [requestBody, ...Object.values(responses)].flatMap((one) =>
      Object.values(one?.content ?? {}).map(({ schema }): Found => [operationId, schema]),
    ),
  );
  return [...inSchemas, ...contents]
    .flatMap(([where, schema]): Found[] => [
      [where, schema],
      ...partsOf(schema).map((one): Found => [where, one]),
    ])
    .filter(([, { properties }]) => properties !== undefined)
    .map(([where]) => where);
}
