import { describe, expect, it } from 'vitest';
import { peopleScopes, routeScopes } from '../../../core/http/route-scopes.ts';
import { customSettings, synthesize } from '../synthesized-stack.ts';

interface Route {
  readonly RouteKey: string;
  readonly AuthorizationScopes?: string[];
}

const stack = synthesize(customSettings);

function variables(name: string): Record<string, unknown> {
  const functions = Object.values(stack.ofType('AWS::Lambda::Function'));
  const { Properties } = functions.find(
    (one) => one.Properties.Environment?.Variables?.SERVICE_NAME === name,
  ) ?? { Properties: {} };
  return Properties.Environment?.Variables ?? {};
}

describe('the query API', () => {
  it('has the routes of its functions, each with the scope in the OpenAPI document', () => {
    const routes = Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties as Route,
    );
    const scopes = routes.map(({ RouteKey, AuthorizationScopes }) => [
      RouteKey,
      AuthorizationScopes?.[0] ?? null,
    ]);
    expect(Object.fromEntries(scopes)).toEqual({
      'ANY /webhooks/junction': null,
      ...routeScopes,
      ...peopleScopes,
    });
  });

  it('takes and shows one team if configured, in every function that reads, shows or counts data', () => {
    for (const name of ['webhook', 'quarantine', 'query', 'results', 'reconcile', 'sweep']) {
      expect(variables(name).TEAM_ID).toBe('team-1');
    }
    const open = synthesize();
    expect(JSON.stringify(open.ofType('AWS::Lambda::Function'))).not.toContain('TEAM_ID');
  });

  it('lets browsers of the configured origins, and no others, send what its routes accept', () => {
    const { CorsConfiguration: cors } = stack.only('AWS::ApiGatewayV2::Api').Properties;
    expect(cors.AllowOrigins).toEqual(['https://ops.example.com', 'http://localhost:5173']);
    const methods = new Set(Object.keys(routeScopes).map((routeKey) => routeKey.split(' ')[0]));
    expect([...cors.AllowMethods].sort()).toEqual([...methods].sort());
    expect(cors.AllowHeaders).toEqual(['authorization', 'content-type', 'idempotency-key']);
    expect(cors.ExposeHeaders).toEqual(['retry-after']);
    expect(cors.AllowCredentials).toBeUndefined();
  });
});
