import type * as z from 'zod/mini';
import { routes as alarmRoutes } from '../../core/api/alarms/routes.ts';
import { routes as historyRoutes } from '../../core/api/history/routes.ts';
import { DOCUMENTED } from '../../core/api/openapi-route.ts';
import { routes as peopleRoutes } from '../../core/api/people/routes.ts';
import { routes as quarantineRoutes } from '../../core/api/quarantine/routes.ts';
import { queryRoutes } from '../../core/api/query-routes.ts';
import { routes as reconcileRoutes } from '../../core/api/reconcile/routes.ts';
import { routes as resultsRoutes } from '../../core/api/results/routes.ts';
import { problem } from '../../core/http/problem-schema.ts';
import { bodyLimit } from '../../core/http/request-body.ts';
import type { RequestSchemas } from '../../core/http/route.ts';
import { allRouteScopes, publicRoutes, type RouteKey } from '../../core/http/route-scopes.ts';
import { SCOPES } from '../../core/http/scopes.ts';
import { version } from '../../lib/configuration/version.ts';
import { documentsOf } from '../capabilities.ts';
import type { Operation } from './operations/operation.ts';
import { OF_EVERY_ROUTE, type Problems } from './operations/problems.ts';
import { tags } from './operations/tags.ts';
import { operations } from './operations.ts';
import { parametersIn, shareParameters } from './parameters.ts';
import { gatewayMessage, headers, Responses } from './responses.ts';
import { type JsonSchema, Schemas } from './schemas.ts';
import { webhookPath } from './webhook.ts';

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

const INFO = {
  title: 'redraw-tracker',
  // The events and the package have it too.
  version,
  description:
    'Tracks the state of lab orders and order transactions that are placed with Junction. Times are in UTC, in RFC 3339 format. Apart from results and orders, which are passed through from Junction, responses contain IDs and states but no other patient data. Responses may gain fields; requests must not have unknown ones.',
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  contact: { name: 'The operators of this deployment' },
};

/** Why a deployment may not have a route. */
const NEEDED: Readonly<Record<NonNullable<Operation['needs']>, string>> = {
  ordering: 'Only deployments with `ordering` have this route.',
  messages: 'Only deployments with `patientMessages` have this route.',
  people: 'Only deployments with the user pool and the dashboard have this route.',
};

interface Parts {
  readonly schemas: Schemas;
  readonly responses: Responses;
}

/**
 * The OpenAPI 3.1 document of the API, made from the schemas by which requests are read and answers written.
 *
 * @param closed whether answers must not have more than they are declared to have, by which the API itself is tested
 */
export function openApiDocument({ closed = false }: { readonly closed?: boolean } = {}): JsonSchema {
  const parts = { schemas: new Schemas({ closed }), responses: new Responses() };
  const paths: Record<string, JsonSchema> = { ...webhookPath(parts) };
  for (const [routeKey, scope] of Object.entries({ ...allRouteScopes, ...documentsOf('scopes') })) {
    const [method = '', path = ''] = routeKey.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(parts, routeKey, scope) };
  }
  for (const schema of [problem, gatewayMessage]) parts.schemas.of(schema, 'output');
  const parameters = shareParameters(paths);
  return {
    openapi: '3.1.1',
    info: INFO,
    servers: [{ url: DOCUMENTED.api, description: 'The API that this document comes from.' }],
    security: [],
    tags,
    paths,
    components: {
      schemas: parts.schemas.used(),
      parameters,
      responses: parts.responses.components,
      headers,
      securitySchemes: {
        oauth2: {
          type: 'oauth2',
          description: 'Each operation names the scope that the access token must have.',
          flows: { clientCredentials: { tokenUrl: DOCUMENTED.tokenEndpoint, scopes: SCOPES } },
        },
      },
    },
  };
}

function operationOf({ schemas, responses }: Parts, routeKey: string, scope: string | null): JsonSchema {
  const request = routes[routeKey]?.request;
  const described = operations[routeKey];
  if (!request || !described) throw new Error(`${routeKey} is not described.`);
  const { id, tag, summary, description, needs, ...operation } = described;
  const { body } = request;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, needs && NEEDED[needs]].filter((text) => text !== undefined).join(' '),
    ...(needs !== undefined && { 'x-needs': needs }),
    security: scope === null ? [] : [{ oauth2: [scope] }],
    parameters: [
      ...parametersIn(schemas, 'path', request.path),
      ...parametersIn(schemas, 'query', request.query),
      ...(request.headers ? parametersIn(schemas, 'header', request.headers) : []),
    ],
    ...(body && {
      requestBody: {
        description: operation.bodyDescription ?? 'What to change.',
        required: request.bodyOptional !== true,
        content: {
          'application/json': {
            schema: operation.body ? schemas.of(operation.body, 'output') : schemas.of(bodyOf(body), 'input'),
            ...example(operation.bodyExample),
          },
        },
      },
    }),
    responses: {
      [operation.status ?? 200]: {
        description: operation.answer,
        ...contentOf(schemas, operation.content, operation.example),
      },
      ...responses.of(problemsOf(routeKey, request.maxBodyBytes, operation.problems), access(routeKey)),
    },
  };
}

/** The body where there is one. */
function bodyOf(schema: z.core.$ZodType): z.core.$ZodType {
  const { type, innerType } = schema._zod.def as { type: string; innerType?: z.core.$ZodType };
  return type === 'optional' && innerType ? innerType : schema;
}

const example = (value: unknown) => (value === undefined ? {} : { example: value });

function contentOf(
  schemas: Schemas,
  content: z.core.$ZodType | { readonly type: string; readonly schema: object },
  shown: unknown,
) {
  const { type, schema } =
    'schema' in content ? content : { type: 'application/json', schema: schemas.of(content, 'output') };
  return { content: { [type]: { schema, ...example(shown) } } };
}

const access = (routeKey: string) =>
  (publicRoutes as readonly string[]).includes(routeKey) ? 'public' : 'by token';

function problemsOf(routeKey: string, maxBodyBytes: number | undefined, more: Problems = {}): Problems {
  const { 503: unavailable, ...always } = OF_EVERY_ROUTE;
  const limit = bodyLimit(maxBodyBytes);
  return {
    ...always,
    413: {
      name: maxBodyBytes === undefined ? 'TooLarge' : `LargerThan${limit.replaceAll(' ', '')}`,
      description: `The body is larger than ${limit}.`,
      detail: `The body is larger than ${limit}.`,
    },
    ...(access(routeKey) === 'by token' && { 503: unavailable }),
    ...more,
  };
}
