/** The routes, their scopes, and the issuers of tokens. */
import { describe, expect, it } from 'vitest';
import { apiScopes } from '../../../lib/configuration/keys/machine-clients.ts';
import {
  customSettings,
  externalIssuer,
  synthesize,
  withEntrance,
  withMessages,
} from '../synthesized-stack.ts';

const stack = synthesize();

describe('the API', () => {
  const routes = Object.fromEntries(
    Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties,
    ]),
  );

  it('requires a token with the right scope on every route but the webhook and the OpenAPI document', () => {
    const [authorizerId] = Object.keys(stack.ofType('AWS::ApiGatewayV2::Authorizer'));
    const withScope = (...scopes: string[]) =>
      expect.objectContaining({
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: authorizerId },
        AuthorizationScopes: scopes,
      });
    expect(routes).toEqual({
      'ANY /webhooks/junction': expect.objectContaining({ AuthorizationType: 'NONE' }),
      'GET /openapi.json': expect.objectContaining({ AuthorizationType: 'NONE' }),
      'GET /v1/transactions': withScope('transactions/read'),
      'GET /v1/transactions/{id}': withScope('transactions/read'),
      'GET /v1/transactions/{id}/results': withScope('results/read'),
      'GET /v1/transactions/{id}/results.pdf': withScope('results/read'),
      'GET /v1/transactions/{id}/patient': withScope('results/read'),
      'PUT /v1/transactions/{id}/assignment': withScope('redraws/write'),
      'DELETE /v1/transactions/{id}/assignment': withScope('redraws/write'),
      'PUT /v1/transactions/{id}/review': withScope('results/read'),
      'DELETE /v1/transactions/{id}/review': withScope('results/read'),
      'GET /v1/transactions/{id}/notes': withScope('transactions/read'),
      'POST /v1/transactions/{id}/notes': withScope('redraws/write'),
      'POST /v1/transactions/{id}/reconcile': withScope('transactions/reconcile'),
      'POST /v1/orders/{id}/discard': withScope('maintain/write'),
      'POST /v1/transactions/{id}/discard': withScope('maintain/write'),
      'POST /v1/match-reviews/{id}/discard': withScope('maintain/write'),
      'GET /v1/users/{user_id}/transactions': withScope('transactions/read'),
      'GET /v1/orders/{id}': withScope('transactions/read'),
      'GET /v1/orders/{id}/results': withScope('results/read'),
      'GET /v1/orders/{id}/results.pdf': withScope('results/read'),
      'GET /v1/orders/{id}/requisition.pdf': withScope('results/read'),
      'PUT /v1/orders/{id}': withScope('orders/write'),
      'GET /v1/redraws': withScope('transactions/read'),
      'POST /v1/redraws/acknowledgements': withScope('redraws/write'),
      'POST /v1/redraws/withdrawals': withScope('redraws/write'),
      'PUT /v1/redraws/{transaction_id}/acknowledgement': withScope('redraws/write'),
      'DELETE /v1/redraws/{transaction_id}/acknowledgement': withScope('redraws/write'),
      'GET /v1/orders': withScope('transactions/read'),
      'PUT /v1/orders/{id}/acknowledgement': withScope('redraws/write'),
      'DELETE /v1/orders/{id}/acknowledgement': withScope('redraws/write'),
      'GET /v1/critical-results': withScope('results/read'),
      'PUT /v1/orders/{id}/critical-result/acknowledgement': withScope('results/read'),
      'GET /v1/people': withScope('redraws/write'),
      'GET /v1/match-reviews': withScope('transactions/read'),
      'GET /v1/match-reviews/{id}': withScope('transactions/read'),
      'GET /v1/search': withScope('transactions/read'),
      'GET /v1/summary': withScope('transactions/read'),
      'GET /v1/changes': withScope('transactions/read'),
      'GET /v1/junction/notices': withScope('transactions/read'),
      'GET /v1/insights': withScope('transactions/read'),
      'GET /v1/views': withScope('transactions/read'),
      'PUT /v1/views/{id}': withScope('redraws/write'),
      'DELETE /v1/views/{id}': withScope('redraws/write'),
      'GET /v1/summary/history': withScope('transactions/read'),
      'GET /v1/alarms': withScope('transactions/read'),
      'GET /v3/order_transaction/{id}': withScope('transactions/read'),
      'GET /v1/quarantine': withScope('quarantine/write'),
      'POST /v1/quarantine/{id}/replay': withScope('quarantine/write'),
      'POST /v1/quarantine/replays': withScope('quarantine/write'),
      'PUT /v1/quarantine/{id}/dismissal': withScope('quarantine/write'),
    });
  });

  it('throttles public routes and those that call other services separately, after the route is created', () => {
    const { Properties: stage, DependsOn = [] } = stack.only('AWS::ApiGatewayV2::Stage');
    expect(stage.StageName).toBe('$default');
    expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    expect(stage.RouteSettings).toEqual({
      'ANY /webhooks/junction': { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 },
      'GET /openapi.json': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
      'POST /v1/transactions/{id}/reconcile': { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 },
      'POST /v1/orders/{id}/discard': { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 },
      'POST /v1/transactions/{id}/discard': { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 },
      'POST /v1/match-reviews/{id}/discard': { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 5 },
      'GET /v1/summary/history': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
      'GET /v1/alarms': { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 },
    });
    const [webhookRoute] = Object.entries(stack.ofType('AWS::ApiGatewayV2::Route')).find(
      ([, { Properties }]) => Properties.RouteKey === 'ANY /webhooks/junction',
    ) ?? [''];
    expect(DependsOn).toContain(webhookRoute);
  });

  it('has settings of its own only for routes that no switch removes', () => {
    const settingsIn = (synthesized: typeof stack) =>
      synthesized.only('AWS::ApiGatewayV2::Stage').Properties.RouteSettings;
    const everything = { ...withMessages, ...withEntrance, ordering: 'on' };
    for (const settings of [everything, { dashboard: 'off' }, externalIssuer])
      expect(settingsIn(synthesize(settings, 'us-east-1'))).toEqual(settingsIn(stack));
  });

  it('logs requests without paths and queries, and callers by id only', () => {
    const { Format } = stack.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Format).not.toMatch(/\$context\.(path|http\.path|requestOverride)/);
    const claims = Format.match(/(?<=authorizer\.claims\.)\w+/g);
    expect(claims).toEqual(['client_id', 'sub']);
  });

  it('lets only API Gateway call the functions of its routes, only Cognito the sign-in function, and only the bus the mails', () => {
    const others = new Map([
      [stack.functionNamed('sign-in').id, 'cognito-idp.amazonaws.com'],
      [stack.functionNamed('operator-mails').id, 'events.amazonaws.com'],
    ]);
    for (const { Properties } of Object.values(stack.ofType('AWS::Lambda::Permission'))) {
      const [called] = Properties.FunctionName['Fn::GetAtt'];
      expect(Properties.Principal).toBe(others.get(called) ?? 'apigateway.amazonaws.com');
      expect(Properties.SourceArn).toBeDefined();
    }
  });

  it('has one permission per function, for this API only', () => {
    const [apiId] = Object.keys(stack.ofType('AWS::ApiGatewayV2::Api'));
    const permissions = Object.values(stack.ofType('AWS::Lambda::Permission')).filter(
      ({ Properties }) => Properties.Principal === 'apigateway.amazonaws.com',
    );
    const ofIntegrations = Object.values(stack.ofType('AWS::ApiGatewayV2::Integration')).map(
      ({ Properties }) => Properties.IntegrationUri,
    );
    expect(permissions.map(({ Properties }) => Properties.FunctionName)).toEqual(ofIntegrations);
    expect(new Set(ofIntegrations.map((uri) => JSON.stringify(uri))).size).toBe(ofIntegrations.length);
    for (const { Properties } of permissions) {
      expect(Properties.SourceArn['Fn::Join'][1].slice(-3)).toEqual([':', { Ref: apiId }, '/*/*/*']);
    }
  });

  it('answers no browser of another origin unless configured', () => {
    expect(stack.only('AWS::ApiGatewayV2::Api').Properties.CorsConfiguration).toBeUndefined();
  });
});

describe('tokens', () => {
  it('come by default from a user pool, for programs and for the dashboard', () => {
    const [poolId] = Object.keys(stack.ofType('AWS::Cognito::UserPool'));
    const clients = Object.entries(stack.ofType('AWS::Cognito::UserPoolClient'));
    expect(clients).toHaveLength(2);
    expect(stack.only('AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration).toEqual({
      Issuer: { 'Fn::GetAtt': [poolId, 'ProviderURL'] },
      Audience: clients.map(([clientId]) => ({ Ref: clientId })),
    });
    const [machine] = clients.filter(([, { Properties }]) => Properties.GenerateSecret);
    const { Properties: client, DependsOn = [] } = machine?.[1] ?? { Properties: {} };
    expect(client.AllowedOAuthFlows).toEqual(['client_credentials']);
    // Without a list, Cognito also enables sign-in with a password and by custom challenges.
    expect(client.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
    expect(DependsOn).toEqual(
      expect.arrayContaining(Object.keys(stack.ofType('AWS::Cognito::UserPoolResourceServer'))),
    );
  });

  /** The clients of programs, by name: their scopes, and whether the API accepts their tokens. */
  const programs = (settings = {}) => {
    const { Audience } = synthesize(settings).only('AWS::ApiGatewayV2::Authorizer').Properties
      .JwtConfiguration;
    const clients = Object.entries(synthesize(settings).ofType('AWS::Cognito::UserPoolClient'));
    return Object.fromEntries(
      clients
        .filter(([, { Properties }]) => Properties.GenerateSecret === true)
        .map(([id, { Properties }]) => [
          Properties.ClientName,
          [Properties.AllowedOAuthScopes.join(' '), JSON.stringify(Audience).includes(`{"Ref":"${id}"}`)],
        ]),
    );
  };

  it('let a program by default read and register orders, and do nothing else', () => {
    expect(programs()).toEqual({ backend: ['transactions/read orders/write', true] });
    expect(stack.template.toJSON().Outputs).toHaveProperty('ClientIdBackend');
  });

  it('let each configured program do what its own client may, and no other', () => {
    const { machineClients } = customSettings;
    expect(programs(customSettings)).toEqual({
      backend: [machineClients.backend, true],
      'lab-reports': [machineClients['lab-reports'].join(' '), true],
    });
    const { Outputs } = synthesize(customSettings).template.toJSON();
    expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(['ClientIdBackend', 'ClientIdLabReports']));
  });

  it('have every scope that a route requires, and the user pool knows each', () => {
    const servers = Object.values(stack.ofType('AWS::Cognito::UserPoolResourceServer'));
    const known = servers.flatMap(({ Properties: { Identifier, Scopes } }) =>
      Scopes.map(({ ScopeName }: { ScopeName: string }) => `${Identifier}/${ScopeName}`),
    );
    // Those of messages and ordering too, which are off.
    expect(known.sort()).toEqual([...apiScopes].sort());
  });

  it('come from a domain that no other account can have', () => {
    expect(JSON.stringify(stack.only('AWS::Cognito::UserPoolDomain').Properties.Domain)).toContain(
      'AWS::AccountId',
    );
  });

  it('come from the configured issuer instead, without a user pool', () => {
    const federated = synthesize(externalIssuer);
    expect(federated.only('AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration).toEqual({
      Issuer: 'https://login.example.com/realm',
      Audience: ['redraw-tracker', 'ops'],
    });
    federated.template.resourceCountIs('AWS::Cognito::UserPool', 0);
    federated.template.resourceCountIs('AWS::Cognito::UserPoolClient', 0);
  });
});
