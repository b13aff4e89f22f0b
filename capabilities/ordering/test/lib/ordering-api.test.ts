import { describe, expect, it } from 'vitest';
import { groupsWith } from '../../../../core/http/groups.ts';
import { pageClient } from '../../../../test/lib/dashboard/page-resources.ts';
import { serviceNames, synthesize } from '../../../../test/lib/synthesized-stack.ts';
import { orderingScopes } from '../../api/scopes.ts';

const off = synthesize();
const stack = synthesize({
  ordering: 'on',
  machineClients: { shop: ['orders/place', 'appointments/write', 'portal/link'] },
});

describe('ordering', () => {
  it('adds a function and its routes, and changes no group, scope or key of the data stack', () => {
    const [data, main] = off.templates;
    expect(JSON.stringify(main)).not.toMatch(/Ordering|WriteKey|orders\/place/);
    const lasting = (template: typeof data) =>
      Object.keys(template?.Resources ?? {}).filter((id) => !id.includes('UserPoolClient'));
    expect(lasting(stack.templates[0])).toEqual(lasting(data));
    const added = serviceNames(stack).filter((name) => !serviceNames(off).includes(name));
    expect(added).toEqual(['ordering']);
  });

  it('adds routes, each with its scope', () => {
    const routes = Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationScopes?.[0],
    ]);
    expect(Object.fromEntries(routes)).toMatchObject(orderingScopes);
  });

  it('lets only coordinators among the people have its scopes', () => {
    const scopesIn = (synthesized: typeof stack): string[] =>
      pageClient(synthesized)[1].Properties.AllowedOAuthScopes;
    expect(scopesIn(stack)).toEqual(expect.arrayContaining(Object.values(orderingScopes)));
    for (const scope of Object.values(orderingScopes)) {
      expect(groupsWith(scope)).toEqual(['coordinators']);
      expect(scopesIn(off)).not.toContain(scope);
    }
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
