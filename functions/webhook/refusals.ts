import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../../core/http/problem.ts';
import { signatureFault } from '../../core/junction/signature.ts';
import type { SigningSecrets } from '../../core/junction/signing-secrets.ts';
import { webhookMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';

/** Why a webhook is refused. A signed webhook is never refused for its content: if it cannot be parsed, it is quarantined. Requests that bypass the entrance are refused in functions/entrance/. */

const MAX_BODY_BYTES = 1_048_576;

/**
 * The raw bytes of a webhook.
 *
 * @throws Problem 405 for another method; 413 if the body is too large
 */
export function webhookBody({ requestContext, body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  if (requestContext.http.method !== 'POST') {
    throw new Problem(405, 'Webhooks are delivered by POST.', { allow: 'POST' });
  }
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) throw new Problem(413, 'The body is larger than 1 MiB.');
  return bytes;
}

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
    // The secret may have just been rotated.
    const fresher = await secrets.fresher(now);
    if (fresher) fault = signatureFault(body, headers, fresher);
  }
  if (!fault) return;
  metrics.count(webhookMetrics.refused);
  throw new Problem(fault.kind === 'headers' ? 400 : 401, fault.detail);
}
