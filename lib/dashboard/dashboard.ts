import { join } from 'node:path';
import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { scopesOfPeople } from '../../functions/sign-in/groups.ts';
import type { HttpEntrance } from '../api/http-api.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import type { SignInPlace } from '../sign-in/sign-in-place.ts';
import { DashboardFiles } from './dashboard-files.ts';
import { dashboardHeaders } from './dashboard-headers.ts';
import { dashboardLog } from './dashboard-log.ts';

const REDIRECT_PATH = '/signed-in';

export interface DashboardProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly signIn: SignInPlace;
  /** What the page's build wrote. */
  readonly builtPage: string;
}

/** The page for people, on one origin with the routes of the API that it asks, so that no other origin may ask them. */
export class Dashboard extends Construct {
  readonly url: string;
  readonly clientId: string;
  private readonly context: ServiceFunctionContext;

  constructor(scope: Construct, id: string, { context, api, signIn, builtPage }: DashboardProps) {
    super(scope, id);
    this.context = context;
    const files = new DashboardFiles(this, 'Files', context);
    const distribution = this.distribution(this.pageBehavior(files, signIn), this.apiBehavior(api));
    this.url = `https://${context.configuration.dashboardDomain ?? distribution.distributionDomainName}`;
    this.clientId = signIn.register({
      afterSignIn: this.url + REDIRECT_PATH,
      afterSignOut: `${this.url}/`,
    });
    files.deploy(builtPage, {
      issuer: signIn.issuer,
      client_id: this.clientId,
      scopes: ['openid', 'email', ...scopesOfPeople],
      redirect_path: REDIRECT_PATH,
      ...(signIn.endSessionEndpoint !== undefined && { end_session_endpoint: signIn.endSessionEndpoint }),
    });
  }

  private pageBehavior(files: DashboardFiles, signIn: SignInPlace): BehaviorOptions {
    const originAccessControl = new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: this.nameAtTheEdge(),
    });
    const routing = new EdgeFunction(this, 'Routing', {
      functionName: this.nameAtTheEdge(),
      comment: 'redraw-tracker: every path of the dashboard without a file is a view of the one page',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, 'single-page-routing.js') }),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(files.bucket, { originAccessControl }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Keeps for as long as each file says; what says "no-cache" is asked for anew after a second.
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: dashboardHeaders(this, signIn.origins),
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: routing }],
    };
  }

  /** Hands everything on as it came, the token too, keeps nothing, and leaves the API's headers alone. */
  private apiBehavior({ api }: HttpEntrance): BehaviorOptions {
    return {
      origin: new HttpOrigin(`${api.apiId}.execute-api.${Stack.of(this).region}.${Aws.URL_SUFFIX}`, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        // As long as API Gateway itself waits.
        readTimeout: Duration.seconds(30),
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
  }

  private distribution(page: BehaviorOptions, api: BehaviorOptions): Distribution {
    const { dashboardDomain, dashboardCertificateArn, dashboardWebAclArn } = this.context.configuration;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `${Stack.of(this).stackName} dashboard`,
      defaultBehavior: page,
      additionalBehaviors: { '/v1/*': api, '/openapi.json': api },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: dashboardLog(this, this.context),
      logIncludesCookies: false,
      ...(dashboardDomain !== undefined &&
        dashboardCertificateArn !== undefined && {
          domainNames: [dashboardDomain],
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          certificate: Certificate.fromCertificateArn(this, 'Certificate', dashboardCertificateArn),
        }),
      ...(dashboardWebAclArn !== undefined && { webAclId: dashboardWebAclArn }),
    });
    acknowledgeOpenness(distribution, this.context.configuration);
    return distribution;
  }

  /** The names that the library makes up are the same for every stage, and an account has one place for them all. */
  private nameAtTheEdge(): string {
    const { stackName, region } = Stack.of(this);
    return `${stackName}-dashboard-${region}`;
  }
}

function acknowledgeOpenness(
  distribution: Distribution,
  { dashboardDomain, dashboardWebAclArn }: ServiceFunctionContext['configuration'],
): void {
  const acknowledge = (id: string, reason: string) =>
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${id}`, reason });
  acknowledge(
    'CFR1',
    'Where the people are who may sign in, the deployer knows; a country says little of who somebody is, and every request takes a token of somebody with a second factor.',
  );
  if (dashboardWebAclArn === undefined) {
    acknowledge(
      'CFR2',
      'dashboardWebAclArn puts a web ACL of yours before it. Without one: the page’s files are public, the API’s routes take a token and are throttled, and parameters are checked by their schemas.',
    );
  }
  if (dashboardDomain === undefined) {
    acknowledge(
      'CFR4',
      'CloudFront’s own certificate comes with its own choice of protocols. dashboardDomain and dashboardCertificateArn give it a name of yours, and then TLS 1.2 is the least.',
    );
  }
}
