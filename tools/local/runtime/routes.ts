import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { type Template, unsupported } from '../template/template.ts';
import { type FunctionDefinition, functionNamed } from './function-definition.ts';

export interface Route {
  /** As in the template and in events, for example `GET /v1/orders/{id}`. */
  routeKey: string;
  method: string;
  segments: string[];
  function: FunctionDefinition;
  authorizer: JwtRules | undefined;
  /** The token needs one of them. An empty list requires a valid token only. */
  scopes: string[];
}

export interface JwtRules {
  issuer: string;
  audience: string[];
  /** Lower case. */
  header: string;
}

export interface CorsRules {
  origins: string[];
  methods: string[];
  headers: string[];
  exposedHeaders: string[];
}

export interface HttpApi {
  id: string;
  routes: Route[];
  cors: CorsRules | undefined;
}

export interface RouteMatch {
  route: Route;
  parameters: Record<string, string>;
}

const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().optional(),
  AuthorizationType: z.string().default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

const authorizerSchema = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.array(z.string()).min(1),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).default([]) }),
});

const apiSchema = z.object({
  CorsConfiguration: z
    .object({
      AllowOrigins: z
        .array(z.string().regex(/^(\*|[^*]+)$/, 'unsupported wildcard in an origin'))
        .default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      MaxAge: unsupported,
      AllowCredentials: unsupported,
    })
    .optional(),
});

/** @returns undefined if the template has no HTTP API. */
export function readHttpApi(template: Template, functions: FunctionDefinition[]): HttpApi | undefined {
  const ids = template.resources('AWS::ApiGatewayV2::Api');
  const [id] = ids;
  if (id === undefined) return undefined;
  if (ids.length > 1)
    throw new Problem(`The local run supports one HTTP API; the template has ${ids.join(', ')}.`);
  const { CorsConfiguration: cors } = template.read(id, apiSchema);
  return {
    id,
    routes: template
      .resources('AWS::ApiGatewayV2::Route')
      .map((route) => readRoute(template, route, functions)),
    cors: cors && {
      origins: cors.AllowOrigins,
      methods: cors.AllowMethods,
      headers: cors.AllowHeaders.map((header) => header.toLowerCase()),
      exposedHeaders: cors.ExposeHeaders,
    },
  };
}

/** A method and a path without a greedy parameter (`{path+}`). */
const ROUTE_KEY = /^([A-Z]+) (\/[^+]*)$/;

function readRoute(template: Template, id: string, functions: FunctionDefinition[]): Route {
  const route = template.read(id, routeSchema);
  const integration = template.read((route.Target ?? '').replace(/^integrations\//, ''), integrationSchema);
  if (route.AuthorizationType === 'CUSTOM') {
    throw new Problem(
      `The route ${route.RouteKey} accepts requests through CloudFront only, which the local run does not have. Start it without redraw-tracker:entrance.`,
    );
  }
  if (!['NONE', 'JWT'].includes(route.AuthorizationType)) {
    throw new Problem(
      `The route ${route.RouteKey} has ${route.AuthorizationType} authorization; the local run supports JWT only.`,
    );
  }
  const [, method = '', path = ''] = ROUTE_KEY.exec(route.RouteKey) ?? [];
  if (path === '') throw new Problem(`The local run does not support the route ${route.RouteKey}.`);
  return {
    routeKey: route.RouteKey,
    method,
    segments: segmentsOf(path),
    function: functionNamed(functions, integration.IntegrationUri),
    authorizer: route.AuthorizerId === undefined ? undefined : readJwtRules(template, route.AuthorizerId),
    scopes: route.AuthorizationScopes,
  };
}

function readJwtRules(template: Template, id: string): JwtRules {
  const { IdentitySource, JwtConfiguration } = template.read(id, authorizerSchema);
  const header = IdentitySource[0]?.match(/^\$request\.header\.(.+)$/)?.[1];
  if (header === undefined) {
    throw new Problem(
      `The authorizer ${id} reads its token from ${IdentitySource[0]}; the local run supports headers only.`,
    );
  }
  return {
    issuer: JwtConfiguration.Issuer,
    audience: JwtConfiguration.Audience,
    header: header.toLowerCase(),
  };
}

/** As in API Gateway, the most specific route matches: fixed segments before parameters, a method before ANY. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const segments = segmentsOf(path);
  const matches = routes
    .filter((route) => route.method === 'ANY' || route.method === method)
    .map((route) => ({ route, parameters: matchSegments(route.segments, segments) }))
    .filter((match): match is RouteMatch => match.parameters !== undefined);
  return matches.sort((one, other) => specificity(other.route).localeCompare(specificity(one.route)))[0];
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const expected = pattern[index] ?? '';
    const [, name] = /^\{(.+)\}$/.exec(expected) ?? [];
    if (name !== undefined && segment !== '') parameters[name] = decode(segment);
    else if (segment !== expected) return undefined;
  }
  return parameters;
}

function specificity(route: Route): string {
  const path = route.segments.map((segment) => (segment.startsWith('{') ? '0' : '1'));
  return `${path.join('')} ${route.method === 'ANY' ? '0' : '1'}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
