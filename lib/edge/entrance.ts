import { Stack, Validations } from 'aws-cdk-lib';
import { Distribution, HttpVersion, PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { ApiGateway } from '../api/api-gateway.ts';
import { serviceName } from '../configuration/configuration.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { logRequests } from './access-log.ts';
import { apiBehavior, uncachedErrors } from './api-behavior.ts';
import { edgeScope } from './edge-scope.ts';
import { WebAcl } from './web-acl.ts';

export interface EntranceProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
}

/**
 * The address of the API behind CloudFront and AWS WAF, which cannot be put before an HTTP API directly. A flood of unsigned
 * requests ends there, and does not use up the throttle that deliveries need.
 * https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export class Entrance extends Construct {
  readonly url: string;
  readonly webAclArn: string;
  /** The CloudFront distribution. */
  readonly distributionId: string;

  constructor(scope: Construct, id: string, { context, api }: EntranceProps) {
    super(scope, id);
    const service = serviceName(context.configuration);
    const edge = edgeScope(this, context.configuration, {
      name: 'web-acl',
      purpose: 'the web ACL of the entrance',
    });
    this.webAclArn = new WebAcl(edge, 'WebAcl', context.configuration).arn;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `${service} entrance`,
      defaultBehavior: apiBehavior(this, api, `${service}-entrance-${Stack.of(this).region}`),
      errorResponses: uncachedErrors,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      webAclId: this.webAclArn,
    });
    this.distributionId = distribution.distributionId;
    this.url = `https://${distribution.distributionDomainName}`;
    logRequests(this, 'entrance', distribution, context);
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason:
          'Only the deployer knows where its programs are. The web ACL limits the senders of webhooks to their addresses, and every other route needs a token.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'The rule knows only the legacy log, which needs access control lists. cloudFrontAccessLog enables standard logging (v2); without it, the log of the API still has every request to a route.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'CloudFront chooses the protocols of its default certificate. Programs use the name that CloudFront gives, so there is no other certificate.',
      },
    );
  }
}
