import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { actingAs, identityOf } from '../../../core/http/identity.ts';
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
      'a person, by a token of Cognito',
      { sub: 's-1', client_id: 'page', username: 'olivia', email: 'olivia@example.com' },
      { subject: 's-1', client_id: 'page', name: 'olivia@example.com' },
    ],
    [
      'a program, by a token of Cognito',
      { sub: '3abc', client_id: '3abc' },
      { subject: '3abc', client_id: '3abc', name: null },
    ],
    ['a program of an issuer that has azp', { azp: 'app' }, { subject: null, client_id: 'app', name: null }],
    [
      'a person of an issuer that has no client',
      { sub: 'auth0|7', preferred_username: ' Ada ' },
      { subject: 'auth0|7', client_id: null, name: 'Ada' },
    ],
    [
      'a person whose names cannot be shown',
      { sub: 's-1', email: '', username: 'two\nlines', name: 'x'.repeat(129) },
      { subject: 's-1', client_id: null, name: null },
    ],
  ])('is %s', (_, claims, caller) => {
    expect(identified(claims as unknown as Record<string, string>).caller).toEqual(caller);
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
  const olivia = identified({ sub: 's-1', username: 'olivia', email: 'Olivia@example.com' });

  test.each(['olivia', 'olivia@example.com', 'OLIVIA@EXAMPLE.COM'])('as oneself is fine: %s', (by) => {
    expect(actingAs(olivia, by)).toBe(olivia.caller);
  });

  test.each(['victor', 'olivia2', 'olivia@example.co'])('as somebody else is refused: %s', (by) => {
    expect(refusal(() => actingAs(olivia, by))).toBe(
      '403 You can act only in your own name. by must be Olivia@example.com or olivia.',
    );
  });

  test('for people that only a program knows is fine', () => {
    expect(actingAs(identified({ client_id: '3abc' }), 'Dr. Okafor')).toMatchObject({ client_id: '3abc' });
  });
});
