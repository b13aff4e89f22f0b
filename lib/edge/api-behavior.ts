import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type ErrorResponse,
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
 * For each distribution that forwards to the API. By default, CloudFront keeps an error for ten seconds and gives it to
 * everybody, also where caching is off: a transaction would stay "not found" after it was found, and one failure would be
 * everybody's. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export const uncachedErrors: ErrorResponse[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map(
  (httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }),
);

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
