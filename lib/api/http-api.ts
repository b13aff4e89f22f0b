import { Fn, Lazy, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { TokenTrust } from '../sign-in/token-issuer.ts';
import type { EncryptionKeys } from '../storage/encryption-keys.ts';

export interface HttpEntranceProps {
  readonly configuration: Configuration;
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  readonly trust: TokenTrust;
}

/** How often a route may be called, where that is not what holds for all. */
export interface RouteThrottle {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

export interface PublicRouteOptions extends RouteThrottle {
  /** What protects the route instead of a token; stands in the security findings. */
  readonly whyPublic: string;
}

/**
 * What is logged of a request: enough to find it again in the function's log, and who asked: the program, or the person by
 * an id that only their issuer has a name for. No path and no query string, only the route.
 */
const accessLogFields = {
  requestId: '$context.requestId',
  // As it stands before and after what the function logs.
  lambdaRequestId: '$context.integration.requestId',
  requestTime: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  clientId: '$context.authorizer.claims.client_id',
  subject: '$context.authorizer.claims.sub',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
};

/** The one HTTP API, its log and its throttling; capabilities add their routes to it. */
export class HttpEntrance extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  private readonly authorizer: HttpJwtAuthorizer;
  private readonly audience: string[];
  private readonly integrations = new Map<ServiceFunction, HttpLambdaIntegration>();
  private readonly routeThrottles: Record<string, object> = {};

  constructor(scope: Construct, id: string, props: HttpEntranceProps) {
    super(scope, id);
    const { configuration, trust } = props;
    this.api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      ...(configuration.corsOrigins && { corsPreflight: cors(configuration.corsOrigins) }),
    });
    this.audience = [...trust.audience];
    this.authorizer = new HttpJwtAuthorizer('Tokens', trust.issuer, {
      // Who else is to be heard is known only once the API is there: a page that is served beside it.
      jwtAudience: Lazy.list({ produce: () => this.audience }),
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: configuration.queryRequestsPerSecond, burstLimit: configuration.queryBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog(props)),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  /** Takes tokens of the trusted issuer that were made for this client too. */
  acceptTokensFor(clientId: string): void {
    this.audience.push(clientId);
  }

  /**
   * A route that anyone can call, with a throttle of its own, so that a flood there leaves the rest alone.
   *
   * @returns its address
   */
  addPublicRoute(fn: ServiceFunction, method: HttpMethod, path: string, options: PublicRouteOptions): string {
    const route = new HttpRoute(this, routeId(method, path), {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, method),
      integration: this.integrationOf(fn),
    });
    Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: options.whyPublic });
    this.throttle(route, `${method} ${path}`, options);
    return `${this.api.apiEndpoint}${path}`;
  }

  /** A route for callers whose token carries the scope. */
  addProtectedRoute(
    fn: ServiceFunction,
    method: HttpMethod,
    path: string,
    scope: string,
    throttle?: RouteThrottle,
  ): void {
    const route = new HttpRoute(this, routeId(method, path), {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, method),
      integration: this.integrationOf(fn),
      authorizer: this.authorizer,
      authorizationScopes: [scope],
    });
    if (throttle) this.throttle(route, `${method} ${path}`, throttle);
  }

  /** Several of them, each by its key (`GET /v1/orders/{id}`) and the scope it asks for. */
  addProtectedRoutes(
    fn: ServiceFunction,
    scopes: Readonly<Record<string, string>>,
    throttle?: RouteThrottle,
  ): void {
    for (const [routeKey, scope] of Object.entries(scopes)) {
      const [method, path = ''] = routeKey.split(' ');
      this.addProtectedRoute(fn, method as HttpMethod, path, scope, throttle);
    }
  }

  private integrationOf(fn: ServiceFunction): HttpLambdaIntegration {
    const integration = this.integrations.get(fn) ?? new HttpLambdaIntegration(fn.name, fn.lambda);
    this.integrations.set(fn, integration);
    return integration;
  }

  private throttle(route: HttpRoute, routeKey: string, { requestsPerSecond, burst }: RouteThrottle): void {
    this.routeThrottles[routeKey] = {
      ThrottlingRateLimit: requestsPerSecond,
      ThrottlingBurstLimit: burst,
    };
    (this.stage.node.defaultChild as CfnStage).routeSettings = this.routeThrottles;
    // API Gateway refuses settings for a route that is not there yet.
    this.stage.node.addDependency(route);
  }

  private accessLog({ configuration, keys, removalPolicy }: HttpEntranceProps): LogGroup {
    const stack = Stack.of(this);
    const uniquePart = Fn.select(2, Fn.split('/', stack.stackId));
    return new LogGroup(this, 'AccessLog', {
      // Below this prefix API Gateway needs no resource policy per log group, of which an account has few. The id of
      // the stack keeps a log that outlived its stack from standing in the way of the next one.
      logGroupName: `/aws/vendedlogs/${stack.stackName}/${uniquePart}`,
      encryptionKey: keys.operations,
      retention: configuration.logRetentionDays as RetentionDays,
      removalPolicy,
    });
  }
}

function cors(origins: string[]) {
  return {
    allowOrigins: origins,
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
    allowHeaders: ['authorization', 'content-type'],
    // Beyond what browsers show of any answer, what tells when to ask again.
    exposeHeaders: ['retry-after'],
  };
}

function routeId(method: HttpMethod, path: string): string {
  return `${method} ${path.replaceAll('/', ' ').trim()}`;
}
