import * as z from 'zod/mini';
import { alarm, alarmList } from '../../core/api/alarms/answer.ts';
import { routes as alarmRoutes } from '../../core/api/alarms/routes.ts';
import { changes } from '../../core/api/changes/answer.ts';
import { criticalResult, criticalResultList } from '../../core/api/critical-results/answer.ts';
import { note, noteList } from '../../core/api/handling/answer.ts';
import { summaryHistory } from '../../core/api/history/answer.ts';
import { days, routes as historyRoutes } from '../../core/api/history/routes.ts';
import { matchReview, matchReviewList } from '../../core/api/match-reviews/answer.ts';
import { order } from '../../core/api/orders/answer.ts';
import { personList } from '../../core/api/people/answer.ts';
import { routes as peopleRoutes } from '../../core/api/people/routes.ts';
import {
  quarantined,
  quarantineList,
  replayAnswer,
  replayResults,
} from '../../core/api/quarantine/answer.ts';
import { routes as quarantineRoutes } from '../../core/api/quarantine/routes.ts';
import { queryRoutes } from '../../core/api/query-routes.ts';
import { reconciliation } from '../../core/api/reconcile/answer.ts';
import { routes as reconcileRoutes } from '../../core/api/reconcile/routes.ts';
import { routes as resultsRoutes } from '../../core/api/results/routes.ts';
import { searchAnswer } from '../../core/api/search/answer.ts';
import { stalledOrder, stalledOrderList } from '../../core/api/stalled-orders/answer.ts';
import { summary } from '../../core/api/summary/answer.ts';
import { transaction, transactionList } from '../../core/api/transactions/answer.ts';
import { explanation } from '../../core/api/transactions/explanation.ts';
import { outcomes } from '../../core/api/transactions/filter.ts';
import { junctionTransaction } from '../../core/api/transactions/junction-shape.ts';
import { OUTCOMES } from '../../core/domain/members/outcome.ts';
import { problem } from '../../core/http/problem-schema.ts';
import { bodyLimit } from '../../core/http/request-body.ts';
import { flag, limit } from '../../core/http/request-fields.ts';
import type { RequestSchemas } from '../../core/http/route.ts';
import { allRouteScopes, publicRoutes, type RouteKey } from '../../core/http/route-scopes.ts';
import { instant, uuid } from '../../core/http/text-fields.ts';
import { version } from '../../lib/configuration/version.ts';
import { documentsOf } from '../capabilities.ts';
import { operations } from './operations.ts';
import { gatewayMessage, refusals } from './responses.ts';
import { webhookPath } from './webhook.ts';

type JsonSchema = Record<string, unknown>;

/** The schemas that get a name, and so are described once. */
const components = z.registry<{ id: string }>();
components.add(transaction, { id: 'Transaction' });
components.add(explanation, { id: 'Explanation' });
components.add(transactionList, { id: 'TransactionList' });
components.add(searchAnswer, { id: 'Search' });
components.add(order, { id: 'Order' });
components.add(criticalResult, { id: 'CriticalResult' });
components.add(criticalResultList, { id: 'CriticalResultList' });
components.add(matchReview, { id: 'MatchReview' });
components.add(matchReviewList, { id: 'MatchReviewList' });
components.add(stalledOrder, { id: 'StalledOrder' });
components.add(stalledOrderList, { id: 'StalledOrderList' });
components.add(note, { id: 'Note' });
components.add(personList, { id: 'PersonList' });
components.add(noteList, { id: 'NoteList' });
components.add(changes, { id: 'Changes' });
components.add(summary, { id: 'Summary' });
components.add(summaryHistory, { id: 'SummaryHistory' });
components.add(alarm, { id: 'Alarm' });
components.add(alarmList, { id: 'AlarmList' });
components.add(quarantined, { id: 'QuarantinedWebhook' });
components.add(quarantineList, { id: 'QuarantineList' });
components.add(replayAnswer, { id: 'Replay' });
components.add(replayResults, { id: 'ReplayResults' });
components.add(reconciliation, { id: 'Reconciliation' });
components.add(junctionTransaction, { id: 'JunctionTransaction' });
components.add(problem, { id: 'Problem' });
components.add(gatewayMessage, { id: 'Message' });
for (const [id, schema] of Object.entries(documentsOf('components'))) components.add(schema, { id });

/** Descriptions instead of those from the schema: of query parameters, which are text, and of formats without a pattern. */
const DESCRIBED = new Map<unknown, JsonSchema>([
  [limit, { type: 'integer', minimum: 1, maximum: 100, default: 25 }],
  [days, { type: 'integer', minimum: 1, maximum: 30, default: 7 }],
  [flag, { type: 'boolean', default: false }],
  [
    outcomes,
    {
      type: 'array',
      items: { type: 'string', enum: OUTCOMES },
      minItems: 1,
    },
  ],
  [uuid, { type: 'string', format: 'uuid' }],
  [instant, { type: 'string', format: 'date-time' }],
]);

function describe({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }): void {
  // These limits come from JavaScript, not from the API.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // The pattern of a date says no more than its format.
  if (jsonSchema.format === 'date') delete jsonSchema.pattern;
  const schema = DESCRIBED.get(zodSchema);
  if (!schema) return;
  for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
  Object.assign(jsonSchema, schema);
}

const reference = (id: string) => `#/components/schemas/${id}`;

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
  const named = components.get(schema);
  if (named) return { $ref: reference(named.id) };
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, override: describe }) as JsonSchema;
  return json;
}

function componentSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(components, { io: 'output', uri: reference, override: describe });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as JsonSchema]),
  );
}

const coreRoutes = {
  ...queryRoutes,
  ...quarantineRoutes,
  ...resultsRoutes,
  ...reconcileRoutes,
  ...historyRoutes,
  ...alarmRoutes,
  ...peopleRoutes,
} satisfies Record<RouteKey, unknown>;

const routes: Readonly<Record<string, { readonly request: RequestSchemas }>> = {
  ...coreRoutes,
  ...documentsOf('routes'),
};

/** The OpenAPI 3.1 document of the API, made from the schemas by which requests are read and answers written. */
export function openApiDocument(): JsonSchema {
  const paths: Record<string, JsonSchema> = { ...webhookPath(schemaOf) };
  for (const [routeKey, scope] of Object.entries({ ...allRouteScopes, ...documentsOf('scopes') })) {
    const [method = '', path = ''] = routeKey.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(routeKey, scope) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'redraw-tracker',
      version,
      description:
        'Tracks the state of lab orders and order transactions that are placed with Junction. Ids are UUIDs. Times are in UTC, in RFC 3339 format. Apart from results, which are passed through from Junction, responses contain IDs and states but no other patient data.',
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
          description: 'An OAuth 2.0 access token. Each operation names the scope that the token must have.',
        },
      },
    },
  };
}

function operationOf(routeKey: string, scope: string | null): JsonSchema {
  const request = routes[routeKey]?.request;
  const described = operations[routeKey];
  if (!request || !described) throw new Error(`${routeKey} is not described.`);
  const { tag, summary: title, description, ...operation } = described;
  return {
    operationId: operationId(routeKey),
    tags: [tag],
    summary: title,
    ...(description === undefined ? {} : { description }),
    security: scope === null ? [] : [{ token: [scope] }],
    parameters: [
      ...parametersIn('path', request.path),
      ...parametersIn('query', request.query),
      ...(request.headers ? parametersIn('header', request.headers) : []),
    ],
    ...(request.body && {
      requestBody: {
        required: request.bodyOptional !== true,
        content: {
          'application/json': {
            schema: operation.body ?? schemaOf(request.body, 'input'),
            ...example(operation.bodyExample),
          },
        },
      },
    }),
    responses: {
      [operation.status ?? 200]: {
        description: operation.answer,
        ...contentOf(operation.content, operation.example),
      },
      ...problems(routeKey, request.maxBodyBytes, operation.problems),
    },
  };
}

const example = (value: unknown) => (value === undefined ? {} : { example: value });

function contentOf(content: z.core.$ZodType | { type: string; schema: object }, shown: unknown) {
  const { type, schema } =
    'schema' in content ? content : { type: 'application/json', schema: schemaOf(content, 'output') };
  return { content: { [type]: { schema, ...example(shown) } } };
}

function parametersIn(place: 'path' | 'query' | 'header', schema: z.core.$ZodType): JsonSchema[] {
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

function problems(
  routeKey: string,
  maxBodyBytes: number | undefined,
  more: Readonly<Record<number, string>> = {},
) {
  const isPublic = (publicRoutes as readonly string[]).includes(routeKey);
  const ours = {
    400: 'A parameter, the body or a cursor is invalid. `detail` says which one and why.',
    413: `The body is larger than ${bodyLimit(maxBodyBytes)}.`,
    500: 'Internal error.',
    ...(isPublic ? {} : { 503: 'The store is not available. See `Retry-After`.' }),
    ...more,
  };
  return refusals(ours, isPublic ? 'public' : 'by token');
}

/** `GET /v1/orders/{id}` is `get_v1_orders_id`. */
function operationId(routeKey: string): string {
  return routeKey
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');
}
