import { describe, expect, it } from 'vitest';
import { orderingScopes } from '../../../core/http/route-scopes.ts';
import { pageClient } from '../dashboard/page-resources.ts';
import { serviceNames, synthesize } from '../synthesized-stack.ts';

const off = synthesize();
const stack = synthesize({
  ordering: 'on',
  machineClients: { shop: ['orders/place', 'appointments/write', 'portal/link'] },
});

describe('ordering', () => {
  it('adds nothing to the template while it is off', () => {
    expect(Object.keys(off.resources).filter((id) => /Ordering|WriteKey/.test(id))).toEqual([]);
    expect(JSON.stringify(off.resources)).not.toContain('orders/place');
    const added = serviceNames(stack).filter((name) => !serviceNames(off).includes(name));
    expect(added).toEqual(['ordering']);
  });

  it('adds routes, each with its scope and a throttle of its own', () => {
    const routes = Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationScopes?.[0],
    ]);
    expect(Object.fromEntries(routes)).toMatchObject(orderingScopes);
    const [stage] = Object.values(stack.ofType('AWS::ApiGatewayV2::Stage'));
    expect(Object.keys(stage?.Properties.RouteSettings)).toEqual(
      expect.arrayContaining(Object.keys(orderingScopes)),
    );
  });

  it('lets only coordinators among the people have its scopes', () => {
    const groups = (synthesized: typeof stack) =>
      Object.values(synthesized.ofType('AWS::Cognito::UserPoolGroup')).map(
        ({ Properties }) => Properties.GroupName,
      );
    expect(groups(stack).filter((name) => !groups(off).includes(name))).toEqual(['coordinators']);
    const [, { Properties }] = pageClient(stack);
    expect(Properties.AllowedOAuthScopes).toEqual(expect.arrayContaining(Object.values(orderingScopes)));
  });

  it('lets one function read the key that may write at Junction', () => {
    const readers = serviceNames(stack).filter((name) =>
      stack
        .statementsOf(name)
        .some(
          ({ Action, Resource }) =>
            [Action].flat().includes('secretsmanager:GetSecretValue') &&
            JSON.stringify(Resource).includes('WriteKey'),
        ),
    );
    expect(readers).toEqual(['ordering']);
  });
});
