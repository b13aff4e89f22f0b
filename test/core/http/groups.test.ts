import { describe, expect, it } from 'vitest';
import { grantedScopes, scopesOfGroup, scopesOfPeople, withheldScopes } from '../../../core/http/groups.ts';
import { routeScopes } from '../../../core/http/scopes.ts';
import { handler } from '../../../functions/sign-in/handler.ts';

const everything = ['openid', 'email', ...scopesOfPeople];

function left(groups: string[], requested: string[] = everything): string[] {
  const withheld = withheldScopes(groups, requested);
  return requested.filter((scope) => !withheld.includes(scope)).sort();
}

describe('what people may do', () => {
  it.each([
    ['in no group', [], []],
    ['viewers', ['viewers'], ['transactions/read']],
    ['operators', ['operators'], ['redraws/write', 'transactions/read', 'transactions/reconcile']],
    ['clinicians', ['clinicians'], ['results/read', 'transactions/read']],
    ['maintainers', ['maintainers'], ['quarantine/write', 'transactions/read']],
    [
      'clinicians and operators',
      ['clinicians', 'operators'],
      ['redraws/write', 'results/read', 'transactions/read', 'transactions/reconcile'],
    ],
    ['a group of the account’s own', ['accounting'], []],
    ['something that every object has', ['constructor', '__proto__', 'toString'], []],
  ])('%s', (_, groups, scopes) => {
    expect(left(groups)).toEqual(['email', 'openid', ...scopes].sort());
    expect(grantedScopes(groups).sort()).toEqual(scopes);
  });

  it('is nothing that nobody thought of, though the issuer would give it', () => {
    const asked = ['openid', 'orders/write', 'aws.cognito.signin.user.admin', 'transactions/read'];
    expect(left(Object.keys(scopesOfGroup), asked)).toEqual(['openid', 'transactions/read']);
  });

  it('does not depend on what the event says was asked for', () => {
    expect(withheldScopes(['viewers'], [])).toEqual(
      expect.arrayContaining(['results/read', 'redraws/write']),
    );
    expect(withheldScopes([], []).sort()).toEqual([...scopesOfPeople].sort());
  });

  it('is all that the API has, but what programs do when they place orders', () => {
    const ofRoutes = new Set(Object.values(routeScopes).filter((scope) => scope !== null));
    expect([...ofRoutes].filter((scope) => !scopesOfPeople.includes(scope))).toEqual(['orders/write']);
    expect(scopesOfPeople.filter((scope) => !ofRoutes.has(scope as never))).toEqual([]);
  });
});

describe('the event before a token', () => {
  const event = (groups: string[] | undefined, scopes: string[] | undefined) => ({
    version: '2',
    triggerSource: 'TokenGeneration_HostedAuth',
    userName: 'vera',
    callerContext: { clientId: 'dashboard' },
    request: {
      userAttributes: { sub: '1', email: 'vera@example.com' },
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      scopes,
    },
    response: { claimsAndScopeOverrideDetails: null },
  });

  it('comes back as it was, with what the token must not carry', async () => {
    const asked = event(['viewers'], everything);
    const { response, ...rest } = await handler(asked);
    const { response: _, ...sent } = asked;
    expect(rest).toEqual(sent);
    expect(response).toEqual({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: {
          scopesToSuppress: ['transactions/reconcile', 'redraws/write', 'results/read', 'quarantine/write'],
        },
      },
    });
  });

  it.each([
    [undefined, undefined],
    [[], everything],
  ])('gives nothing without groups', async (groups, scopes) => {
    const { response } = await handler(event(groups, scopes));
    const { scopesToSuppress } = response.claimsAndScopeOverrideDetails.accessTokenGeneration;
    expect(scopesToSuppress).toEqual(expect.arrayContaining([...scopesOfPeople]));
  });

  it('makes no token if it is not what was expected', async () => {
    await expect(handler({ version: '3', request: {} })).rejects.toThrow();
  });
});
