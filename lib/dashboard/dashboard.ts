import { join } from 'node:path';
import { Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import type { ApiGateway } from '../api/api-gateway.ts';
import { availableToPeople } from '../configuration/available-scopes.ts';
import { serviceName } from '../configuration/configuration.ts';
import { logRequests } from '../edge/access-log.ts';
import { apiBehavior, uncachedErrors } from '../edge/api-behavior.ts';
import type { Entrance } from '../edge/entrance.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import type { IdentityProvider } from '../sign-in/identity-provider.ts';
import { DashboardFiles } from './dashboard-files.ts';
import { dashboardHeaders } from './dashboard-headers.ts';

const REDIRECT_PATH = '/signed-in';

export interface DashboardProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly signIn: IdentityProvider;
  /** Its web ACL also protects the dashboard, unless the deployer has one. */
  readonly entrance: Entrance | undefined;
  /** The folder with the built page. */
  readonly builtPage: string;
  /** Files beside the page, by name. */
  readonly pageFiles: Readonly<Record<string, object>>;
  /** What the page has to know for the capabilities. */
  readonly capabilitySettings: object;
}

/** The dashboard, served from one origin with the API routes that it calls, so that it needs no cross-origin access. */
export class Dashboard extends Construct {
  readonly url: string;
  readonly clientId: string;
  /** The CloudFront distribution. */
  readonly distributionId: string;
  private readonly context: ServiceFunctionContext;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { context, api, signIn, entrance, builtPage, pageFiles, capabilitySettings } = props;
    this.context = context;
    const files = new DashboardFiles(this, 'Files', context);
    const distribution = this.distribution(
      this.pageBehavior(files, signIn),
      apiBehavior(this, api, this.globalName('api')),
      context.configuration.dashboardWebAclArn ?? entrance?.webAclArn,
    );
    this.distributionId = distribution.distributionId;
    this.url = `https://${context.configuration.dashboardDomain ?? distribution.distributionDomainName}`;
    this.clientId = signIn.registerPage(this, {
      afterSignIn: this.url + REDIRECT_PATH,
      afterSignOut: `${this.url}/`,
    });
    const { configuration } = context;
    const { dashboardIdleMinutes, nextSteps, recordLink, junctionLink, webhookSilenceHours, watchOnly } =
      configuration;
    files.deploy(
      builtPage,
      {
        issuer: signIn.issuer,
        client_id: this.clientId,
        scopes: ['openid', 'email', ...availableToPeople(context.configuration)],
        redirect_path: REDIRECT_PATH,
        idle_minutes: dashboardIdleMinutes,
        ...capabilitySettings,
        ...(webhookSilenceHours > 0 && { webhook_silence_hours: webhookSilenceHours }),
        ...(watchOnly === 'on' && { watch_only: true }),
        ...(context.teams.length > 1 && { teams: context.teams.map(({ id, name }) => ({ id, name })) }),
        ...(configuration.patientNames === 'on' && { patient_names: true }),
        ...(nextSteps !== undefined && { next_steps: nextSteps }),
        ...(recordLink !== undefined && { record_link: recordLink }),
        ...(junctionLink !== undefined && { junction_link: junctionLink }),
        ...(signIn.endSessionEndpoint !== undefined && { end_session_endpoint: signIn.endSessionEndpoint }),
      },
      pageFiles,
    );
  }

  private pageBehavior(files: DashboardFiles, signIn: IdentityProvider): BehaviorOptions {
    const originAccessControl = new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: this.globalName(),
    });
    const routing = new EdgeFunction(this, 'Routing', {
      functionName: this.globalName(),
      comment: 'redraw-tracker: serves the page for every path of the dashboard that is not a file',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, 'single-page-routing.js') }),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(files.bucket, { originAccessControl }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Caches as long as the headers of each file allow; files with "no-cache" are revalidated after a second.
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: dashboardHeaders(this, this.globalName(), signIn.origins),
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: routing }],
    };
  }

  private distribution(page: BehaviorOptions, api: BehaviorOptions, webAclId?: string): Distribution {
    const { dashboardDomain, dashboardCertificateArn } = this.context.configuration;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `${serviceName(this.context.configuration)} dashboard`,
      defaultBehavior: page,
      additionalBehaviors: { '/v1/*': api, '/openapi.json': api },
      errorResponses: uncachedErrors,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(dashboardDomain !== undefined &&
        dashboardCertificateArn !== undefined && {
          domainNames: [dashboardDomain],
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          certificate: Certificate.fromCertificateArn(this, 'Certificate', dashboardCertificateArn),
        }),
      ...(webAclId !== undefined && { webAclId }),
    });
    logRequests(this, 'dashboard', distribution, this.context);
    acknowledgePublicAccess(distribution, this.context.configuration, webAclId);
    return distribution;
  }

  /** CloudFront names are unique per account, and the CDK's default names are the same for every stage. */
  private globalName(part: 'dashboard' | 'api' = 'dashboard'): string {
    return `${serviceName(this.context.configuration)}-${part}-${Stack.of(this).region}`;
  }
}

function acknowledgePublicAccess(
  distribution: Distribution,
  { dashboardDomain }: ServiceFunctionContext['configuration'],
  webAclId: string | undefined,
): void {
  const acknowledge = (id: string, reason: string) =>
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${id}`, reason });
  acknowledge(
    'CFR1',
    'Only the deployer knows where its people are. A country does not identify a person, and every request needs a token issued after a second factor.',
  );
  acknowledge(
    'CFR3',
    'The rule knows only the legacy log, which needs access control lists. cloudFrontAccessLog enables standard logging (v2); without it, the log of the API still has every request to a route.',
  );
  if (webAclId === undefined) {
    acknowledge(
      'CFR2',
      'dashboardWebAclArn attaches a web ACL, for the page and its way to the API. It does not cover the address of the API itself (the output ApiUrl), so the API does not rely on it (entrance puts one in front of the API): every route but the webhook and the API description needs a token with its scope, all are throttled, and schemas validate all parameters. The files of the page are public and hold no data.',
    );
  }
  if (dashboardDomain === undefined) {
    acknowledge(
      'CFR4',
      'CloudFront chooses the protocols of its default certificate. With dashboardDomain and dashboardCertificateArn, TLS 1.2 is the minimum.',
    );
  }
}
