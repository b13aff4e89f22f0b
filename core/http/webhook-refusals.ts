import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Team } from '../domain/team.ts';
import type { SignatureFault } from '../junction/signature.ts';
import type { SigningSecrets } from '../junction/signing-secrets.ts';
import { Problem } from './problem.ts';

/** Why a webhook is refused. A signed webhook is never refused for its content: if it cannot be parsed, it is quarantined. Requests that bypass the entrance are refused in functions/entrance/. */

const MAX_BODY_BYTES = 1_048_576;

/** A header is missing or malformed, or the time is not current: 400. No signature matches: 401. */
const STATUS_OF_FAULT: Readonly<Record<SignatureFault['kind'], number>> = { headers: 400, signature: 401 };

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

/** Checks the signature of a webhook over its raw body. @returns the refusal; null if it is signed */
export async function refusalOfUnsigned(
  secrets: SigningSecrets,
  body: Buffer,
  headers: APIGatewayProxyEventV2['headers'],
  now: Date,
  team: string | null,
): Promise<Problem | null> {
  const fault = await secrets.faultIn(body, headers, now, team);
  return fault && new Problem(STATUS_OF_FAULT[fault.kind], fault.detail);
}

/**
 * The team whose path a webhook was delivered to; null in a deployment of one team. It picks the secret before the body is read.
 *
 * @throws Problem 404 if the deployment has no such team
 */
export function teamInPath(
  { pathParameters }: APIGatewayProxyEventV2,
  teams: readonly Team[],
): string | null {
  if (teams.length === 0) return null;
  const team = pathParameters?.team_id ?? '';
  if (teams.some(({ id }) => id === team)) return team;
  throw new Problem(404, 'There is no team with the id in the path.');
}
