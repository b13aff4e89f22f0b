/** The optional entrance: CloudFront with a web ACL, and an API that refuses what did not come through it. */
import { describe, expect, it } from 'vitest';
import { type SynthesizedStack, withEntrance as settings, synthesize } from '../synthesized-stack.ts';

const near = synthesize(settings, 'us-east-1');
const far = synthesize(settings, 'eu-central-1');
const webAclStack = far.beside('redraw-tracker-prod-web-acl-eu-central-1');

function distributions(synthesized: SynthesizedStack) {
  return Object.values(synthesized.ofType('AWS::CloudFront::Distribution')).map(
    ({ Properties }) => Properties.DistributionConfig,
  );
}

function entranceOf(synthesized: SynthesizedStack) {
  return distributions(synthesized).find(({ Comment }) => Comment === 'redraw-tracker-prod entrance');
}

/** Every origin that is the API. */
function apiOrigins(synthesized: SynthesizedStack) {
  return distributions(synthesized)
    .flatMap(({ Origins }) => Origins)
    .filter(({ CustomOriginConfig }) => CustomOriginConfig);
}

describe('the entrance', () => {
  it('is not there by default, and then anybody can call the public routes', () => {
    const plain = synthesize();
    plain.template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    plain.template.resourceCountIs('AWS::CloudFront::Distribution', 1);
    expect(() => plain.functionNamed('entrance')).toThrow();
  });

  it('is the address of the webhook and the API in the outputs', () => {
    const [entranceId] =
      Object.entries(near.ofType('AWS::CloudFront::Distribution')).find(
        ([, { Properties }]) => Properties.DistributionConfig.Comment === 'redraw-tracker-prod entrance',
      ) ?? [];
    const { Outputs } = near.template.toJSON();
    const host = { 'Fn::GetAtt': [entranceId, 'DomainName'] };
    expect(Outputs.WebhookUrl.Value).toEqual({ 'Fn::Join': ['', ['https://', host, '/webhooks/junction']] });
    expect(Outputs.ApiUrl.Value).toEqual({ 'Fn::Join': ['', ['https://', host]] });
  });

  it('forwards every method and header, caches no answer and no error', () => {
    const { DefaultCacheBehavior, CacheBehaviors, CustomErrorResponses } = entranceOf(near);
    expect(CacheBehaviors).toBeUndefined();
    expect(DefaultCacheBehavior).toMatchObject({
      AllowedMethods: expect.arrayContaining(['GET', 'PUT', 'POST', 'DELETE']),
      // AWS's own: CachingDisabled, AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      // Never a redirect: a sender of webhooks would follow it by GET, or not at all.
      ViewerProtocolPolicy: 'https-only',
    });
    expect(CustomErrorResponses.length).toBeGreaterThan(0);
    for (const response of CustomErrorResponses) {
      expect(response).toEqual({ ErrorCode: expect.any(Number), ErrorCachingMinTTL: 0 });
    }
  });
});

describe('the direct address of the API', () => {
  const routes = Object.values(near.ofType('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);

  it('refuses requests to the public routes without the secret, and to the others without a token', () => {
    const authorization = Object.groupBy(routes, ({ AuthorizationType }) => AuthorizationType);
    expect(authorization.CUSTOM?.map(({ RouteKey }) => RouteKey).sort()).toEqual([
      'ANY /webhooks/junction',
      'GET /openapi.json',
    ]);
    expect(Object.keys(authorization).sort()).toEqual(['CUSTOM', 'JWT']);
  });

  it('answers 401 by itself without the header, and remembers the answer to a value', () => {
    const { Properties } =
      Object.values(near.ofType('AWS::ApiGatewayV2::Authorizer')).find(
        ({ Properties: { AuthorizerType } }) => AuthorizerType === 'REQUEST',
      ) ?? {};
    expect(Properties).toMatchObject({
      IdentitySource: ['$request.header.x-origin-secret'],
      AuthorizerResultTtlInSeconds: 300,
      EnableSimpleResponses: true,
      AuthorizerPayloadFormatVersion: '2.0',
    });
    expect(JSON.stringify(Properties.AuthorizerUri)).toContain(near.functionNamed('entrance').id);
  });

  it('gets the secret from every distribution, by reference', () => {
    const [secretId] =
      Object.entries(near.ofType('AWS::SecretsManager::Secret')).find(([id]) =>
        id.startsWith('OriginSecret'),
      ) ?? [];
    const reference = (version: string) => ({
      'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secretId }, `:SecretString:::${version}}}`]],
    });
    const values = (synthesized: SynthesizedStack) =>
      apiOrigins(synthesized).map(({ OriginCustomHeaders }) => OriginCustomHeaders);
    expect(values(near)).toEqual([
      [{ HeaderName: 'x-origin-secret', HeaderValue: reference('') }],
      [{ HeaderName: 'x-origin-secret', HeaderValue: reference('') }],
    ]);
    const entranceSecretVersion = '11111111-2222-3333-4444-555555555555';
    const rotated = synthesize({ ...settings, entranceSecretVersion }, 'us-east-1');
    const next = [{ HeaderName: 'x-origin-secret', HeaderValue: reference(entranceSecretVersion) }];
    expect(values(rotated)).toEqual([next, next]);
  });

  it('has an authorizer that can read its one secret and nothing else', () => {
    const actions = near.statementsOf('entrance').flatMap(({ Action }) => Action);
    expect(actions.sort()).toEqual([
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
    ]);
  });
});

describe('the web ACL', () => {
  const { Rules, DefaultAction, Scope } = near.only('AWS::WAFv2::WebACL').Properties;
  const summary = (rules: typeof Rules) =>
    rules.map(({ Name, Priority, Action }: { Name: string; Priority: number; Action: object }) => [
      Priority,
      Name,
      Object.keys(Action)[0],
    ]);

  it('lets only the configured addresses send webhooks, and limits all others', () => {
    expect([Scope, DefaultAction]).toEqual(['CLOUDFRONT', { Allow: {} }]);
    expect(summary(Rules)).toEqual([
      [1, 'webhook-senders', 'Allow'],
      [2, 'other-senders', 'Block'],
      [3, 'rate', 'Block'],
    ]);
    expect(Rules[2].Statement.RateBasedStatement).toEqual({
      AggregateKeyType: 'IP',
      EvaluationWindowSec: 300,
      Limit: 6_000,
    });
    const sets = Object.values(near.ofType('AWS::WAFv2::IPSet')).map(({ Properties }) => Properties);
    expect(sets.map(({ Tags, ...set }) => set)).toEqual([
      { Addresses: ['203.0.113.7/32', '198.51.100.0/24'], IPAddressVersion: 'IPV4', Scope: 'CLOUDFRONT' },
      { Addresses: ['2001:db8::/56'], IPAddressVersion: 'IPV6', Scope: 'CLOUDFRONT' },
    ]);
  });

  it('recognizes the path of the webhook as API Gateway does: decoded and normalized', () => {
    expect(Rules[1].Statement.ByteMatchStatement).toMatchObject({
      SearchString: '/webhooks/',
      PositionalConstraint: 'STARTS_WITH',
      TextTransformations: [
        { Priority: 0, Type: 'URL_DECODE' },
        { Priority: 1, Type: 'NORMALIZE_PATH' },
      ],
    });
  });

  it('blocks denied addresses before anything else', () => {
    const denying = synthesize({ ...settings, entranceDeniedAddresses: '192.0.2.1' }, 'us-east-1');
    const { Rules: rules } = denying.only('AWS::WAFv2::WebACL').Properties;
    expect(summary(rules)[0]).toEqual([0, 'denied', 'Block']);
    // A single set is not combined, because AWS WAF refuses a combination of one.
    expect(rules[0].Statement).toHaveProperty('IPSetReferenceStatement');
  });

  it('keeps no samples, which would show tokens and query strings', () => {
    for (const { VisibilityConfig } of [near.only('AWS::WAFv2::WebACL').Properties, ...Rules]) {
      expect(VisibilityConfig.SampledRequestsEnabled).toBe(false);
    }
  });

  it('protects the dashboard too, unless the deployer has a web ACL for it', () => {
    const [aclId] = Object.keys(near.ofType('AWS::WAFv2::WebACL'));
    expect(distributions(near).map(({ WebACLId }) => WebACLId)).toEqual([
      { 'Fn::GetAtt': [aclId, 'Arn'] },
      { 'Fn::GetAtt': [aclId, 'Arn'] },
    ]);
  });

  it('is in a stack of its own in us-east-1 beside a stack in another region', () => {
    far.template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    far.template.resourceCountIs('AWS::WAFv2::IPSet', 0);
    expect(webAclStack.stack.region).toBe('us-east-1');
    webAclStack.template.resourceCountIs('AWS::WAFv2::WebACL', 1);
    expect(entranceOf(far).WebACLId['Fn::GetStackOutput']).toMatchObject({
      StackName: 'redraw-tracker-prod-web-acl-eu-central-1',
      Region: 'us-east-1',
    });
    expect(far.stack.dependencies).toContain(webAclStack.stack);
  });

  it('has no region', () => {
    expect(() => synthesize(settings)).toThrow(/has no region/);
  });
});
