import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import type { ApiGateway } from '../api/api-gateway.ts';

/** For everything that CloudFront answers: only over TLS, and never as another type than the answer states. */
export const transportAndType: ResponseSecurityHeadersBehavior = {
  strictTransportSecurity: {
    accessControlMaxAge: Duration.days(365),
    includeSubdomains: true,
    override: true,
  },
  contentTypeOptions: { override: true },
};

/**
 * Forwards requests to the API unchanged, including the token, without caching, and with the origin's secret if there is
 * one. Answers keep the API's headers.
 *
 * @param responseHeadersPolicyName unique in the account: the CDK's default name is the same for every stage
 */
export function apiBehavior(
  scope: Construct,
  { api, originSecret }: ApiGateway,
  responseHeadersPolicyName: string,
): BehaviorOptions {
  return {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Stack.of(scope).region}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // The timeout of API Gateway.
      readTimeout: Duration.seconds(30),
      ...(originSecret && { customHeaders: originSecret.headers }),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy: new ResponseHeadersPolicy(scope, 'ApiHeaders', {
      responseHeadersPolicyName,
      securityHeadersBehavior: transportAndType,
    }),
  };
}
