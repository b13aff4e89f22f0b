import * as z from 'zod/mini';
import { STATUS_OF_OUTCOME } from '../../domain/transaction/outcome.ts';
import { problem } from '../../http/problem.ts';
import {
  days,
  flag,
  historyReads,
  limit,
  outcomes,
  reconcileReads,
  resultReads,
} from '../../http/requests.ts';
import type { Reads } from '../../http/route.ts';
import {
  historyScopes,
  publicRoutes,
  type RouteKey,
  reconcileScopes,
  resultScopes,
  routeScopes,
} from '../../http/scopes.ts';
import { instant, uuid } from '../../junction/fields.ts';
import {
  explanation,
  junctionTransaction,
  order,
  quarantineList,
  reconciliation,
  replayAnswer,
  searchAnswer,
  summary,
  transaction,
  transactionList,
} from '../answers.ts';
import { summaryHistory } from '../history/answer.ts';
import { operations } from './operations.ts';
import { gatewayMessage, refusals } from './responses.ts';
import { webhookPath } from './webhook.ts';

type JsonSchema = Record<string, unknown>;

/** What the document names, so that it is described once. */
const components = z.registry<{ id: string }>();
components.add(transaction, { id: 'Transaction' });
components.add(explanation, { id: 'Explanation' });
components.add(transactionList, { id: 'TransactionList' });
components.add(searchAnswer, { id: 'Search' });
components.add(order, { id: 'Order' });
components.add(summary, { id: 'Summary' });
components.add(summaryHistory, { id: 'SummaryHistory' });
components.add(quarantineList, { id: 'QuarantineList' });
components.add(replayAnswer, { id: 'Replay' });
components.add(reconciliation, { id: 'Reconciliation' });
components.add(junctionTransaction, { id: 'JunctionTransaction' });
components.add(problem, { id: 'Problem' });
components.add(gatewayMessage, { id: 'Message' });

/** What a query string says as text, and what it stands for; and an id in any case, which no pattern can say. */
const MEANT = new Map<unknown, JsonSchema>([
  [limit, { type: 'integer', minimum: 1, maximum: 100, default: 25 }],
  [days, { type: 'integer', minimum: 1, maximum: 30, default: 7 }],
  [flag, { type: 'boolean', default: false }],
  [
    outcomes,
    {
      type: 'array',
      items: { type: 'string', enum: Object.keys(STATUS_OF_OUTCOME) },
      minItems: 1,
    },
  ],
  [uuid, { type: 'string', format: 'uuid' }],
  [instant, { type: 'string', format: 'date-time' }],
]);

function meant({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  // What JavaScript can count to is no limit that says anything.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  const schema = MEANT.get(zodSchema);
  if (!schema) return;
  for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
  Object.assign(jsonSchema, schema);
}

const reference = (id: string) => `#/components/schemas/${id}`;

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
  const named = components.get(schema);
  if (named) return { $ref: reference(named.id) };
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, override: meant }) as JsonSchema;
  return json;
}

function componentSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(components, { io: 'output', uri: reference, override: meant });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as JsonSchema]),
  );
}

/** What the routes of other functions than the query function read. */
const readsElsewhere: Readonly<Record<string, Reads>> = {
  ...Object.fromEntries(Object.keys(resultScopes).map((routeKey) => [routeKey, resultReads])),
  ...Object.fromEntries(Object.keys(reconcileScopes).map((routeKey) => [routeKey, reconcileReads])),
  ...Object.fromEntries(Object.keys(historyScopes).map((routeKey) => [routeKey, historyReads])),
};

/** The API as an OpenAPI 3.1 document, made from the schemas that read requests and write answers. */
export function openApiDocument(queryReads: Readonly<Record<string, Reads>>): JsonSchema {
  const paths: Record<string, JsonSchema> = { ...webhookPath(schemaOf) };
  for (const [routeKey, scope] of Object.entries(routeScopes)) {
    const [method = '', path = ''] = routeKey.split(' ');
    const reads = queryReads[routeKey] ?? readsElsewhere[routeKey];
    if (!reads) throw new Error(`no schemas for ${routeKey}`);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(routeKey as RouteKey, scope, reads) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'redraw-tracker',
      version: '1.0.0',
      description:
        'The true state of lab orders and order transactions at Junction. Ids are UUIDs, times RFC 3339 in UTC. It holds ids and states, and nothing about a patient.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token by client credentials; each operation names the scope it must carry.',
        },
      },
    },
  };
}

function operationOf(routeKey: RouteKey, scope: string | null, reads: Reads): JsonSchema {
  const { tag, summary: title, description, ...operation } = operations[routeKey];
  return {
    operationId: operationId(routeKey),
    tags: [tag],
    summary: title,
    ...(description === undefined ? {} : { description }),
    security: scope === null ? [] : [{ token: [scope] }],
    parameters: [...parametersIn('path', reads.path), ...parametersIn('query', reads.query)],
    ...(reads.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: schemaOf(reads.body, 'input'),
            ...example(operation.bodyExample),
          },
        },
      },
    }),
    responses: {
      200: { description: operation.answer, ...contentOf(operation.content, operation.example) },
      ...problems(routeKey, operation.problems),
    },
  };
}

const example = (value: unknown) => (value === undefined ? {} : { example: value });

function contentOf(content: z.core.$ZodType | { type: string; schema: object }, shown: unknown) {
  const { type, schema } =
    'schema' in content ? content : { type: 'application/json', schema: schemaOf(content, 'output') };
  return { content: { [type]: { schema, ...example(shown) } } };
}

function parametersIn(place: 'path' | 'query', schema: z.core.$ZodType): JsonSchema[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, described]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: described,
  }));
}

function problems(routeKey: RouteKey, more: Readonly<Record<number, string>> = {}) {
  const isPublic = (publicRoutes as readonly string[]).includes(routeKey);
  const ours = {
    400: 'A parameter, the body or a cursor is wrong; detail says which and why.',
    413: 'The body is larger than 64 KiB.',
    500: 'Something went wrong here.',
    ...more,
  };
  return refusals(ours, isPublic ? 'public' : 'by token');
}

/** `GET /v1/orders/{id}` is `get_v1_orders_id`. */
function operationId(routeKey: RouteKey): string {
  return routeKey
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');
}
