import { Lazy, type RemovalPolicy, Validations } from 'aws-cdk-lib';
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
import { vendedLogName } from '../audit/vended-log-name.ts';
import { auditRetentionDays, type Configuration, serviceName } from '../configuration/configuration.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { TrustedIssuer } from '../sign-in/token-issuer.ts';
import type { OriginSecret } from './origin-secret.ts';
import { burstOf } from './throttle.ts';

export interface ApiGatewayProps {
  readonly configuration: Configuration;
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  readonly trust: TrustedIssuer;
  /** The secret header that the public routes require; undefined if they are open. */
  readonly originSecret: OriginSecret | undefined;
}

/**
 * A request rate for one route, instead of the default of the stage. Only for routes that every deployment has: CloudFormation
 * never removes the settings of a route, and once the route is gone, API Gateway refuses every further change of the stage.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename-routesettings-routekey.html
 */
export interface RouteThrottle {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

export interface PublicRouteOptions extends RouteThrottle {
  /** Why the route needs no token; appears as the reason in the security findings. */
  readonly whyPublic: string;
}

/**
 * The access log of a request: enough to find it in the function's log, and the caller: a program, or a person by an id
 * that only the issuer can resolve. The log holds the route, but no path and no query string.
 */
const accessLogFields = {
  requestId: '$context.requestId',
  // The id under which the function logs the request.
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

/** The HTTP API, with its access log and throttling. Capabilities add their routes. */
export class ApiGateway extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  readonly originSecret: OriginSecret | undefined;
  /** A line per request. */
  readonly accessLog: LogGroup;
  private readonly authorizer: HttpJwtAuthorizer;
  private readonly audience: string[];
  private readonly integrations = new Map<ServiceFunction, HttpLambdaIntegration>();
  private readonly routeThrottles: Record<string, object> = {};

  constructor(scope: Construct, id: string, props: ApiGatewayProps) {
    super(scope, id);
    const { configuration, trust } = props;
    this.originSecret = props.originSecret;
    this.api = new HttpApi(this, 'Api', {
      apiName: serviceName(configuration),
      createDefaultStage: false,
      ...(configuration.corsOrigins && { corsPreflight: cors(configuration.corsOrigins, configuration) }),
    });
    this.audience = [...trust.audience];
    this.authorizer = new HttpJwtAuthorizer('Tokens', trust.issuer, {
      // The client id of the dashboard is added later: the dashboard needs the API first.
      jwtAudience: Lazy.list({ produce: () => this.audience }),
    });
    this.accessLog = this.createAccessLog(props);
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: {
        rateLimit: configuration.queryRequestsPerSecond,
        burstLimit: burstOf(configuration.queryRequestsPerSecond),
      },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  /** The functions behind the routes. */
  get functions(): ServiceFunction[] {
    return [...this.integrations.keys()];
  }

  /** Also accepts tokens that the trusted issuer made for this client. */
  acceptTokensFor(clientId: string): void {
    this.audience.push(clientId);
  }

  /**
   * Adds a route that needs no token. It has a throttle of its own, so that a flood of requests does not affect others.
   *
   * @returns the URL of the route
   */
  addPublicRoute(fn: ServiceFunction, method: HttpMethod, path: string, options: PublicRouteOptions): string {
    const route = new HttpRoute(this, routeId(method, path), {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, method),
      integration: this.integrationOf(fn),
      ...(this.originSecret && { authorizer: this.originSecret.authorizer }),
    });
    Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: options.whyPublic });
    this.throttle(route, `${method} ${path}`, options);
    return `${this.api.apiEndpoint}${path}`;
  }

  /** Adds a route for callers whose token has the scope. */
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

  /** Adds several routes. The keys are route keys (`GET /v1/orders/{id}`), the values the required scopes. */
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
    // One permission for the function, which names this API, instead of one per route: a stack may have 500 resources, and the
    // policy of a function 20 KB. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    const integration =
      this.integrations.get(fn) ??
      new HttpLambdaIntegration(fn.name, fn.lambda, { scopePermissionToRoute: false });
    this.integrations.set(fn, integration);
    return integration;
  }

  private throttle(route: HttpRoute, routeKey: string, { requestsPerSecond, burst }: RouteThrottle): void {
    this.routeThrottles[routeKey] = {
      ThrottlingRateLimit: requestsPerSecond,
      ThrottlingBurstLimit: burst,
    };
    (this.stage.node.defaultChild as CfnStage).routeSettings = this.routeThrottles;
    // API Gateway rejects settings for a route that does not exist yet.
    this.stage.node.addDependency(route);
  }

  private createAccessLog({ configuration, keys, removalPolicy }: ApiGatewayProps): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      logGroupName: vendedLogName(this, serviceName(configuration)),
      encryptionKey: keys.operations,
      // It complements the audit trail: functions do not see the requests that API Gateway rejects.
      retention: auditRetentionDays(configuration) as RetentionDays,
      removalPolicy,
    });
  }
}

function cors(origins: string[], { ordering }: Configuration) {
  const { GET, PUT, POST, PATCH, DELETE } = CorsHttpMethod;
  const orders = ordering === 'on';
  return {
    allowOrigins: origins,
    allowMethods: [GET, PUT, POST, ...(orders ? [PATCH] : []), DELETE],
    allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
    // Lets pages read when to retry; browsers hide it by default.
    exposeHeaders: ['retry-after'],
  };
}

function routeId(method: HttpMethod, path: string): string {
  return `${method} ${path.replaceAll('/', ' ').trim()}`;
}
