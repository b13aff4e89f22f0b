import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerResult } from 'aws-lambda';
import { QUICK } from '../../core/aws/client-options.ts';
import { OriginSecret } from '../../core/aws/origin-secret.ts';
import { ORIGIN_SECRET_HEADER } from '../../core/http/origin-secret.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { apiRequestId, identified } from '../../core/telemetry/invocation.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const secret = new OriginSecret(new SecretsManagerClient(QUICK), env.ORIGIN_SECRET_ARN);

/**
 * Tells API Gateway whether a request came through CloudFront. API Gateway keeps the answer for a while, and refuses requests
 * without the header itself. If this throws, it answers 500, and Junction delivers again.
 */
async function authorize({
  headers,
}: APIGatewayRequestAuthorizerEventV2): Promise<APIGatewaySimpleAuthorizerResult> {
  const given = headers?.[ORIGIN_SECRET_HEADER];
  return { isAuthorized: given !== undefined && (await secret.matches(given, new Date())) };
}

export const handler = identified(authorize, apiRequestId);
