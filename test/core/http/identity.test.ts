import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { actingAs, actorOf, identityOf } from '../../../core/http/identity.ts';
import { Problem } from '../../../core/http/problem.ts';

const request = (authorizer: unknown) =>
  ({ requestContext: { authorizer }, headers: { sub: 'x' } }) as unknown as APIGatewayProxyEventV2;
const identified = (claims: Record<string, string>) => identityOf(request({ jwt: { claims, scopes: null } }));

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return `${error.status} ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('the caller', () => {
  test.each([
    [
      'a person, by a token of Cognito, to which the sign-in function adds the verified address',
      { sub: 's-1', client_id: 'page', token_use: 'access', username: 'olivia', email: 'olivia@example.com' },
      { subject: 's-1', client_id: 'page', name: 'olivia@example.com' },
    ],
    [
      'a program, by a token of Cognito',
      { sub: '3abc', client_id: '3abc', token_use: 'access' },
      { subject: '3abc', client_id: '3abc', name: null },
    ],
    ['a program of an issuer that has azp', { azp: 'app' }, { subject: null, client_id: 'app', name: null }],
    [
      'a program whose token has an address',
      { sub: 'app', azp: 'app', email: 'olivia@example.com', email_verified: 'true' },
      { subject: 'app', client_id: 'app', name: null },
    ],
    [
      'a person of an issuer that has no client',
      { sub: 'auth0|7', email: ' ada@example.com ', email_verified: 'true' },
      { subject: 'auth0|7', client_id: null, name: 'ada@example.com' },
    ],
  ])('is %s', (_, claims, caller) => {
    expect(identified(claims as unknown as Record<string, string>)).toEqual(caller);
  });

  test.each([
    ['no address', {}],
    ['an address that nobody has verified', { email: 'olivia@example.com' }],
    ['an address that is not verified', { email: 'olivia@example.com', email_verified: 'false' }],
    [
      'an address that Cognito has not verified',
      { email: 'o@example.com', email_verified: 'false', token_use: 'access' },
    ],
    ['an address that cannot be shown', { email: 'two\nlines', email_verified: 'true' }],
    ['an address that is too long', { email: 'x'.repeat(129), email_verified: 'true' }],
    [
      'names that the person can edit',
      { preferred_username: 'olivia', username: 'olivia', name: 'olivia@example.com' },
    ],
  ])('is a person without a name if the token has %s', (_, claims) => {
    const nameless = identified({ sub: 's-1', client_id: 'page', ...claims });
    expect(nameless).toEqual({ subject: 's-1', client_id: 'page', name: null });
    for (const by of ['olivia', 'olivia@example.com', 's-1', 'page', undefined]) {
      expect(refusal(() => actorOf(nameless, by))).toMatch(/^403 The token does not say who you are/);
    }
  });

  test.each([
    ['no authorizer', undefined],
    ['no claims', { jwt: {} }],
    ['a name only', { jwt: { claims: { username: 'olivia' } } }],
    ['empty ids', { jwt: { claims: { sub: '', client_id: '' } } }],
    ['ids too long', { jwt: { claims: { sub: 'x'.repeat(256) } } }],
    ['ids of spaces', { jwt: { claims: { sub: ' ', client_id: 'a b' } } }],
    ['claims that are no object', { jwt: { claims: null } }],
  ])('is unknown with %s, which is refused', (_, authorizer) => {
    expect(refusal(() => identityOf(request(authorizer)))).toMatch(
      /^403 The token does not identify the caller/,
    );
  });
});

describe('acting', () => {
  const olivia = identified({
    sub: 's-1',
    email: 'Olivia@example.com',
    email_verified: 'true',
    name: 'victor',
  });
  const program = identified({ sub: '3abc', client_id: '3abc' });

  test.each(['olivia@example.com', 'OLIVIA@EXAMPLE.COM'])('as oneself is fine: %s', (by) => {
    expect(actingAs(olivia, by)).toBe(olivia);
  });

  test.each(['victor', 'olivia', 'olivia@example.co', 's-1'])('as somebody else is refused: %s', (by) => {
    expect(refusal(() => actingAs(olivia, by))).toBe(
      '403 You can act only in your own name. by must be Olivia@example.com.',
    );
  });

  test('for people that only a program knows is fine', () => {
    expect(actorOf(program, 'Dr. Okafor')).toEqual({ by: 'Dr. Okafor', caller: program });
  });

  test('without a name given is as oneself', () => {
    expect(actorOf(olivia, undefined).by).toBe('Olivia@example.com');
    expect(actorOf(program, undefined).by).toBe('3abc');
  });
});
