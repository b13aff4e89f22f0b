import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Authorization } from '../http/http-event.ts';
import { type HttpResponse, message } from '../http/http-response.ts';
import type { JwtRules } from '../runtime/routes.ts';

export type Decision =
  | { allowed: true; authorization: Authorization }
  | { allowed: false; response: HttpResponse };

/**
 * Decides like the JWT authorizer of API Gateway: signature, issuer, audience (or client_id if the token has no
 * audience), times without leeway, then one of the scopes of the route.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @param header value of the header that the identity source names
 */
export async function authorize(
  header: string | undefined,
  rules: JwtRules,
  scopes: readonly string[],
  key: JWTVerifyGetKey,
  now: Date,
): Promise<Decision> {
  const token = header?.replace(/^bearer\s+/i, '').trim();
  if (!token) return denied(401, 'Unauthorized', 'Bearer');
  let claims: JWTPayload;
  try {
    claims = await verify(token, rules, key, now);
  } catch (error) {
    const reason =
      error instanceof errors.JOSEError ? error.message.replaceAll('"', "'") : 'the token is invalid';
    return denied(401, 'Unauthorized', `Bearer scope="" error="invalid_token" error_description="${reason}"`);
  }
  const held = scopesOf(claims);
  if (scopes.length > 0 && !scopes.some((scope) => held.includes(scope))) {
    const challenge = `Bearer scope="${scopes.join(' ')}" error="insufficient_scope"`;
    return denied(403, 'Forbidden', challenge);
  }
  return { allowed: true, authorization: { claims, scopes: scopes.length > 0 ? held : null } };
}

async function verify(token: string, rules: JwtRules, key: JWTVerifyGetKey, now: Date): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, key, {
    algorithms: ['RS256'],
    issuer: rules.issuer,
    currentDate: now,
    requiredClaims: ['exp'],
  });
  const audience = [payload.aud ?? payload.client_id ?? []].flat();
  if (!audience.some((name) => rules.audience.includes(String(name)))) {
    throw new errors.JWTClaimValidationFailed('invalid audience', payload, 'aud', 'check_failed');
  }
  if (payload.iat !== undefined && payload.iat > Math.floor(now.getTime() / 1000)) {
    throw new errors.JWTClaimValidationFailed(
      'the token was issued in the future',
      payload,
      'iat',
      'check_failed',
    );
  }
  return payload;
}

/** `scope` is a text with spaces. Some issuers use `scp` instead, which may be a list. */
function scopesOf(claims: JWTPayload): string[] {
  const scopes = claims.scope ?? claims.scp;
  return Array.isArray(scopes)
    ? scopes.map(String)
    : String(scopes ?? '')
        .split(' ')
        .filter(Boolean);
}

function denied(status: number, text: string, challenge: string): Decision {
  return { allowed: false, response: message(status, text, { 'www-authenticate': challenge }) };
}
