import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { AuditedAction, AuditedObject } from '../audit/audit-entry.ts';
import type { Caller } from '../domain/caller.ts';
import { type HasScope, requireName } from './identity.ts';
import { bodyFields, headerFields, pathParameters, queryParameters } from './parameters.ts';
import type { Problem } from './problem.ts';
import type { RequestBody } from './request-body.ts';

/** A request as API Gateway passes it on. */
export interface RawRequest {
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The query parameters that are given more than once. */
  readonly repeated: readonly string[];
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RequestBody;
  /** The address that the request was sent to, for example `https://api.example.com`. */
  readonly origin: string;
  /** The caller. Throws a Problem 403 if the token does not say so. */
  readonly identity: () => Caller;
  readonly hasScope: HasScope;
  /** The milliseconds left for the answer. */
  readonly timeLeft: () => number;
  /** The problem that an error is to the caller, for one of several objects of a request. Reports an internal error. */
  readonly problemFor: (error: unknown) => Problem;
}

export type Answer = APIGatewayProxyStructuredResultV2;

type Schema = z.core.$ZodType;

/** The schemas of a route's request. Parts without a schema are rejected or ignored. */
export interface RequestSchemas<
  Path extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Headers extends Schema = Schema,
> {
  readonly path: Path;
  readonly query: Query;
  readonly body?: Body;
  /** The largest body; 64 KiB by default. */
  readonly maxBodyBytes?: number;
  /** Whether the body may be left out. The schema then gets undefined. */
  readonly bodyOptional?: boolean;
  /** The headers that the route reads, by name in lower case. */
  readonly headers?: Headers;
  /**
   * Whether the request is stored under the name of the person who makes it. A person without a name is then refused before
   * anything else in the request is looked at.
   */
  readonly underName?: boolean;
  /** The query parameters that may be given more than once; API Gateway joins their values by commas. */
  readonly repeatable?: readonly string[];
}

interface ParsedRequest<
  Path extends Schema,
  Query extends Schema,
  Body extends Schema,
  Headers extends Schema,
> {
  readonly path: z.core.output<Path>;
  readonly query: z.core.output<Query>;
  readonly body: z.core.output<Body>;
  readonly headers: z.core.output<Headers>;
  readonly origin: string;
  /** The caller. Throws a Problem 403 if the token does not say so. */
  readonly identity: () => Caller;
  readonly hasScope: HasScope;
  readonly timeLeft: () => number;
  readonly problemFor: (error: unknown) => Problem;
}

/** What the audit trail records about the requests of a route. */
export interface AuditOf {
  readonly action: AuditedAction;
  /** Whether the route changes something; otherwise it shows something. */
  readonly changes: boolean;
  /** What the audit trail may have of the request, for each of its objects: nothing that is not valid. At least one. */
  readonly objectsOf: (request: RawRequest) => readonly AuditedObject[];
  /** What only the answer has, for each object. */
  readonly resultsIn: (answer: Answer) => readonly AuditedResult[];
}

/** The ids that only the answer has, and the status of one object of a request that has several. */
type AuditedResult = AuditedObject & { readonly status?: number };

/** Declares that the requests of a route are audited. */
interface AuditDeclaration<Path extends Schema, Body extends Schema>
  extends Pick<AuditOf, 'action' | 'changes'> {
  readonly inPath: (path: z.core.output<Path>) => AuditedObject;
  readonly inBody?: (body: z.core.output<Body>) => AuditedObject;
  readonly inAnswer?: (answer: unknown) => AuditedObject;
}

/** Declares that each of the objects of a request is audited. */
interface BatchAuditDeclaration<Path extends Schema, Body extends Schema>
  extends Pick<AuditOf, 'action' | 'changes'> {
  /** At least one. */
  readonly eachInBody: (body: z.core.output<Body>, path: z.core.output<Path>) => readonly AuditedObject[];
  /** In the order of the objects in the body, or all of them if the body does not name them. */
  readonly eachInAnswer?: (answer: unknown) => readonly AuditedResult[];
}

/** A route, and how it answers with the function's context. */
export interface Route<Context> {
  readonly request: RequestSchemas;
  readonly answer: (context: Context, request: RawRequest) => Promise<Answer>;
  readonly audit?: AuditOf | undefined;
}

/** Loads a route when its first request arrives. */
export type RouteLoader<Context> = () => Promise<Route<Context>>;

/** A route that parses a request by its schemas before it answers. */
export function route<
  Context,
  Path extends Schema,
  Query extends Schema,
  Body extends Schema = z.ZodMiniUndefined,
  Headers extends Schema = z.ZodMiniUndefined,
>(
  schemas: RequestSchemas<Path, Query, Body, Headers>,
  answer: (context: Context, request: ParsedRequest<Path, Query, Body, Headers>) => Promise<Answer>,
  audit?: AuditDeclaration<Path, Body> | BatchAuditDeclaration<Path, Body>,
): Route<Context> {
  return {
    request: schemas,
    audit: audit && ('eachInBody' in audit ? batchAuditOf(schemas, audit) : auditOf(schemas, audit)),
    answer: async (
      context,
      { path, query, repeated, headers, body, origin, identity, hasScope, timeLeft, problemFor },
    ) => {
      if (schemas.underName) requireName(identity());
      return answer(context, {
        path: pathParameters(schemas.path, path),
        query: queryParameters(schemas.query, query, refusedRepeats(schemas, repeated)),
        body: bodyIn(schemas, body) as z.core.output<Body>,
        headers: (schemas.headers && headerFields(schemas.headers, headers)) as z.core.output<Headers>,
        origin,
        identity,
        hasScope,
        timeLeft,
        problemFor,
      });
    },
  };
}

function auditOf<Path extends Schema, Body extends Schema>(
  schemas: RequestSchemas<Path, Schema, Body>,
  { action, changes, inPath, inBody, inAnswer }: AuditDeclaration<Path, Body>,
): AuditOf {
  return {
    action,
    changes,
    objectsOf: (request) => [
      {
        ...valid(() => inPath(pathParameters(schemas.path, request.path))),
        ...(inBody && valid(() => inBody(bodyIn(schemas, request.body) as z.core.output<Body>))),
      },
    ],
    resultsIn: (answer) => (inAnswer ? [inAnswer(JSON.parse(answer.body ?? 'null'))] : []),
  };
}

function batchAuditOf<Path extends Schema, Body extends Schema>(
  schemas: RequestSchemas<Path, Schema, Body>,
  { action, changes, eachInBody, eachInAnswer }: BatchAuditDeclaration<Path, Body>,
): AuditOf {
  return {
    action,
    changes,
    objectsOf: ({ body, path }) =>
      valid(() =>
        eachInBody(bodyIn(schemas, body) as z.core.output<Body>, pathParameters(schemas.path, path)),
      ) ?? [{}],
    resultsIn: (answer) => eachInAnswer?.(JSON.parse(answer.body ?? 'null')) ?? [],
  };
}

function bodyIn({ body: schema, bodyOptional = false }: RequestSchemas, body: RequestBody): unknown {
  return schema && bodyFields(schema, bodyOptional && body.isEmpty ? undefined : body.json());
}

/** Undefined if the request is not valid: what should be an id could be anything then, such as a name. */
function valid<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function refusedRepeats({ repeatable = [] }: RequestSchemas, repeated: readonly string[]): string[] {
  return repeated.filter((name) => !repeatable.includes(name));
}
