import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../../core/http/problem.ts';
import { signatureFault } from '../../core/junction/signature.ts';
import type { SigningSecrets } from '../../core/junction/signing-secrets.ts';
import { webhookMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';

/**
 * Checks the signature of a webhook over its raw body.
 *
 * @throws Problem 400 if a header is missing or malformed or the time is not current; 401 if no signature matches
 */
export async function refuseUnsigned(
  secrets: SigningSecrets,
  body: Buffer,
  headers: APIGatewayProxyEventV2['headers'],
  now: Date,
): Promise<void> {
  let fault = signatureFault(body, headers, await secrets.keys(now));
  if (fault?.kind === 'signature') {
    // The secret may just have been replaced.
    const fresher = await secrets.fresher(now);
    if (fresher) fault = signatureFault(body, headers, fresher);
  }
  if (!fault) return;
  metrics.count(webhookMetrics.refused);
  throw new Problem(fault.kind === 'headers' ? 400 : 401, fault.detail);
}
