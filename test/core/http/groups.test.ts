import { describe, expect, it } from 'vitest';
import { grantedScopes, scopesOfGroup, scopesOfPeople, withheldScopes } from '../../../core/http/groups.ts';
import { handler as invoke } from '../../../functions/sign-in/handler.ts';
import { everyScope } from '../api/scene/every-scope.ts';

const everything = ['openid', 'email', ...scopesOfPeople];

function left(groups: string[], requested: string[] = everything): string[] {
  const withheld = withheldScopes(groups, requested);
  return requested.filter((scope) => !withheld.includes(scope)).sort();
}

const handler = (event: unknown) => invoke(event, { awsRequestId: 'invocation' });

describe('the scopes of people', () => {
  it.each([
    ['in no group', [], []],
    ['viewers', ['viewers'], ['messages/read', 'transactions/read']],
    [
      'operators',
      ['operators'],
      ['messages/read', 'messages/write', 'redraws/write', 'transactions/read', 'transactions/reconcile'],
    ],
    ['clinicians', ['clinicians'], ['messages/read', 'results/read', 'transactions/read']],
    [
      'coordinators',
      ['coordinators'],
      ['appointments/write', 'messages/read', 'orders/place', 'portal/link', 'transactions/read'],
    ],
    [
      'maintainers',
      ['maintainers'],
      ['maintain/write', 'messages/read', 'quarantine/write', 'transactions/read'],
    ],
    [
      'clinicians and operators',
      ['clinicians', 'operators'],
      [
        'messages/read',
        'messages/write',
        'redraws/write',
        'results/read',
        'transactions/read',
        'transactions/reconcile',
      ],
    ],
    ['an unknown group of the account', ['accounting'], []],
    ['names that every JavaScript object has', ['constructor', '__proto__', 'toString'], []],
  ])('%s', (_, groups, scopes) => {
    expect(left(groups)).toEqual(['email', 'openid', ...scopes].sort());
    expect(grantedScopes(groups).sort()).toEqual(scopes);
  });

  it('never include an unknown scope, even if the issuer would grant it', () => {
    const asked = ['openid', 'orders/write', 'aws.cognito.signin.user.admin', 'transactions/read'];
    expect(left(Object.keys(scopesOfGroup), asked)).toEqual(['openid', 'transactions/read']);
  });

  it('do not depend on the requested scopes in the event', () => {
    expect(withheldScopes(['viewers'], [])).toEqual(
      expect.arrayContaining(['results/read', 'redraws/write']),
    );
    expect(withheldScopes([], []).sort()).toEqual([...scopesOfPeople].sort());
  });

  it('are all scopes of the API, except the one with which programs register orders', () => {
    const ofRoutes = new Set(Object.values(everyScope).filter((scope) => scope !== null));
    expect([...ofRoutes].filter((scope) => !scopesOfPeople.includes(scope)).sort()).toEqual(['orders/write']);
    expect(scopesOfPeople.filter((scope) => !ofRoutes.has(scope))).toEqual([]);
  });
});

describe('the event before a token is issued', () => {
  const event = (groups: string[] | undefined, scopes: string[] | undefined) => ({
    version: '2',
    triggerSource: 'TokenGeneration_HostedAuth',
    userName: 'vera',
    callerContext: { clientId: 'dashboard' },
    request: {
      userAttributes: { sub: '1', email: 'vera@example.com', email_verified: 'true' },
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      scopes,
    },
    response: { claimsAndScopeOverrideDetails: null },
  });

  it('is returned unchanged, with the scopes to withhold', async () => {
    const asked = event(['viewers'], everything);
    const { response, ...rest } = await handler(asked);
    const { response: _, ...sent } = asked;
    expect(rest).toEqual(sent);
    expect(response).toEqual({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: {
          scopesToSuppress: expect.any(Array),
          claimsToAddOrOverride: { email: 'vera@example.com' },
        },
      },
    });
    const { scopesToSuppress } = response.claimsAndScopeOverrideDetails.accessTokenGeneration;
    expect(everything.filter((scope) => !scopesToSuppress.includes(scope)).sort()).toEqual([
      'email',
      'messages/read',
      'openid',
      'transactions/read',
    ]);
  });

  it.each([
    [undefined, undefined],
    [[], everything],
  ])('grants nothing without groups', async (groups, scopes) => {
    const { response } = await handler(event(groups, scopes));
    const { scopesToSuppress } = response.claimsAndScopeOverrideDetails.accessTokenGeneration;
    expect(scopesToSuppress).toEqual(expect.arrayContaining([...scopesOfPeople]));
  });

  it('adds no address that Cognito has not verified', async () => {
    const asked = event(['viewers'], everything);
    const userAttributes = { ...asked.request.userAttributes, email_verified: 'false' };
    const { response } = await handler({ ...asked, request: { ...asked.request, userAttributes } });
    expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration.claimsToAddOrOverride).toEqual({});
  });

  it('stops the token if it has an unexpected form', async () => {
    await expect(handler({ version: '3', request: {} })).rejects.toThrow();
  });
});
