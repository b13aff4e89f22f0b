import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { scopesOfGroup, scopesOfPeople } from '../../../core/http/groups.ts';
import { pathFunction } from '../../../local/page/edge-function.ts';
import {
  customSettings,
  externalIssuer,
  type SynthesizedResource,
  type SynthesizedStack,
  synthesize,
} from '../synthesized-stack.ts';

const stack = synthesize();
const { template } = stack;
const own = { oidcIssuer: 'https://login.example.com/realm', oidcAudience: 'redraw-tracker' };

function distributionOf(synthesized: SynthesizedStack) {
  return synthesized.only('AWS::CloudFront::Distribution').Properties.DistributionConfig;
}

/** The client with which people sign in. */
function pageClient(synthesized: SynthesizedStack): [string, SynthesizedResource] {
  const found = Object.entries(synthesized.ofType('AWS::Cognito::UserPoolClient')).find(
    ([, { Properties }]) => Properties.ClientName === 'dashboard',
  );
  if (!found) throw new Error('There is no client for the page.');
  return found;
}

/** The security headers that a behavior adds. */
function headersOf(behavior: { ResponseHeadersPolicyId: { Ref: string } }, synthesized = stack) {
  const policy = synthesized.resources[behavior.ResponseHeadersPolicyId.Ref];
  return policy?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig;
}

const policyOf = (synthesized: SynthesizedStack): string => {
  const { DefaultCacheBehavior } = distributionOf(synthesized);
  return JSON.stringify(headersOf(DefaultCacheBehavior, synthesized).ContentSecurityPolicy);
};

describe('the distribution', () => {
  const distribution = distributionOf(stack);
  const originOf = (behavior: { TargetOriginId: string }) =>
    distribution.Origins.find(({ Id }: { Id: string }) => Id === behavior.TargetOriginId);

  it('hands the routes of the API on with the token, uncached, and adds headers for transport and type', () => {
    const patterns = distribution.CacheBehaviors.map(
      ({ PathPattern }: { PathPattern: string }) => PathPattern,
    );
    expect(patterns).toEqual(['/v1/*', '/openapi.json']);
    for (const behavior of distribution.CacheBehaviors) {
      expect(behavior).toMatchObject({
        AllowedMethods: expect.arrayContaining(['GET', 'PUT', 'POST', 'DELETE']),
        // AWS's own policies: CachingDisabled, AllViewerExceptHostHeader.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ViewerProtocolPolicy: 'https-only',
      });
      expect(headersOf(behavior)).toEqual({
        ContentTypeOptions: { Override: true },
        StrictTransportSecurity: {
          AccessControlMaxAgeSec: 31_536_000,
          IncludeSubdomains: true,
          Override: true,
        },
      });
      expect(behavior).not.toHaveProperty('FunctionAssociations');
      expect(originOf(behavior).CustomOriginConfig).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      });
    }
  });

  it('serves all other paths from a bucket that only it can read', () => {
    const behavior = distribution.DefaultCacheBehavior;
    expect(behavior.AllowedMethods ?? ['GET', 'HEAD']).toEqual(['GET', 'HEAD']);
    expect(behavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(originOf(behavior).OriginAccessControlId).toBeDefined();
    const [bucketId] = originOf(behavior).DomainName['Fn::GetAtt'];
    const policies = Object.values(stack.ofType('AWS::S3::BucketPolicy')).filter(
      ({ Properties }) => Properties.Bucket.Ref === bucketId,
    );
    const allowed = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } }),
    ]);
    expect(JSON.stringify(allowed[0].Condition)).toContain(
      Object.keys(stack.ofType('AWS::CloudFront::Distribution'))[0],
    );
    expect(stack.ofType('AWS::S3::Bucket')[bucketId]?.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  it('never replaces an answer of the API by the page', () => {
    expect(distribution).not.toHaveProperty('CustomErrorResponses');
  });

  it('can have a domain and a web ACL of the deployer', () => {
    const { dashboardCertificateArn, dashboardWebAclArn } = customSettings;
    const named = synthesize(customSettings);
    expect(distributionOf(named)).toMatchObject({
      Aliases: ['redraws.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: dashboardCertificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
      WebACLId: dashboardWebAclArn,
    });
    expect(pageClient(named)[1].Properties).toMatchObject({
      CallbackURLs: ['https://redraws.example.com/signed-in'],
      LogoutURLs: ['https://redraws.example.com/'],
    });
    expect(named.template.toJSON().Outputs.DashboardUrl.Value).toBe('https://redraws.example.com');
  });

  it('does not conflict with that of another stage', () => {
    for (const type of ['Function', 'OriginAccessControl', 'ResponseHeadersPolicy']) {
      for (const resource of Object.values(stack.ofType(`AWS::CloudFront::${type}`))) {
        expect(JSON.stringify(resource)).toMatch(/redraw-tracker-prod-(dashboard|api)-/);
      }
    }
  });
});

describe('the function at the edge', () => {
  const { FunctionCode, FunctionConfig, AutoPublish } = stack.only('AWS::CloudFront::Function').Properties;
  const pathOf = (url: string) =>
    pathFunction(FunctionCode)({
      method: 'GET',
      url,
      headers: new Map(),
      body: Buffer.alloc(0),
      sourceIp: '',
      receivedAt: new Date(),
    });

  it('is published when it is deployed', () => {
    expect([FunctionConfig.Runtime, AutoPublish]).toEqual(['cloudfront-js-2.0', true]);
  });

  it.each(['/assets/index-Dk.js', '/config.json', '/icon.svg', '/index.html'])(
    'keeps the path %s, which is a file',
    (url) => {
      expect(pathOf(url)).toBe(url);
    },
  );

  it.each(['/', '/worklist', '/users/jane.doe', '/orders/a/b.json', '/.well-known/x'])(
    'serves the page for %s',
    (url) => {
      expect(pathOf(url)).toBe('/index.html');
    },
  );
});

describe('the files of the page', () => {
  const copies = Object.values(stack.ofType('Custom::CDKBucketDeployment')).map(
    ({ Properties }) => Properties,
  );

  it('are deployed before the page that loads them, and are kept for pages that are open', () => {
    const [assets, entry] = Object.entries(stack.ofType('Custom::CDKBucketDeployment'));
    expect(assets?.[1].Properties).toMatchObject({ Include: ['assets/*'], Exclude: ['*'], Prune: false });
    expect(entry?.[1].Properties).toMatchObject({ Exclude: ['assets/*'], Prune: true });
    expect(entry?.[1].DependsOn).toContain(assets?.[0]);
    expect(copies.map(({ SystemMetadata }) => SystemMetadata)).toEqual([
      { 'cache-control': 'public,max-age=31536000,immutable' },
      { 'cache-control': 'no-cache' },
    ]);
  });

  it('are copied by a role that can do nothing else', () => {
    const [copier] = Object.values(stack.ofType('AWS::Lambda::Function')).filter(({ Properties }) =>
      Properties.Runtime.startsWith('python'),
    );
    const statements = stack.statementsOfRole(copier?.Properties.Role['Fn::GetAtt'][0]);
    const granted = statements.map(({ Action, Resource }) => [
      [Action].flat().join(),
      JSON.stringify(Resource),
    ]);
    expect(granted).toEqual([
      ['logs:CreateLogStream,logs:PutLogEvents', expect.stringContaining('DashboardFilesLog')],
      ['s3:GetObject', expect.stringMatching(/cdk-hnb659fds-assets-.*\/\*\.zip/)],
      ['s3:ListBucket', expect.stringContaining('DashboardFilesBucket')],
      ['s3:DeleteObject,s3:PutObject', expect.stringContaining('DashboardFilesBucket')],
    ]);
  });
});

describe('people who sign in', () => {
  it('get their accounts from administrators, need a second factor, and find the sign-in page', () => {
    expect(stack.only('AWS::Cognito::UserPool').Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
    });
    expect(stack.only('AWS::Cognito::UserPoolDomain').Properties.ManagedLoginVersion).toBe(2);
    expect(stack.only('AWS::Cognito::ManagedLoginBranding').Properties).toMatchObject({
      ClientId: { Ref: pageClient(stack)[0] },
      UseCognitoProvidedValues: true,
    });
  });

  it('are in a pool without settings that would replace it', () => {
    const { Properties } = stack.only('AWS::Cognito::UserPool');
    for (const property of ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration', 'Schema'])
      expect(Properties).not.toHaveProperty(property);
  });

  it('sign in by code with PKCE, for an hour at a time and half a day at most', () => {
    const [, { Properties }] = pageClient(stack);
    expect(Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', ...scopesOfPeople],
      AccessTokenValidity: 60,
      RefreshTokenValidity: 720,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
    // Without a list, Cognito adds ALLOW_REFRESH_TOKEN_AUTH, which it refuses together with rotation.
    expect(Properties.ExplicitAuthFlows).toEqual(['ALLOW_USER_SRP_AUTH']);
    // The scopes must exist before the client: they are in the data stack, which is deployed first.
    expect(stack.stack.dependencies).toEqual(stack.stacks.slice(0, 1));
  });

  it('get the scopes of their groups, because Cognito asks the function before it issues a token', () => {
    const { id } = stack.functionNamed('sign-in');
    expect(stack.only('AWS::Cognito::UserPool').Properties.LambdaConfig).toEqual({
      PreTokenGenerationConfig: { LambdaArn: { 'Fn::GetAtt': [id, 'Arn'] }, LambdaVersion: 'V2_0' },
    });
    const [poolId] = Object.keys(stack.ofType('AWS::Cognito::UserPool'));
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::GetAtt': [id, 'Arn'] },
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [poolId, 'Arn'] },
    });
    const groups = Object.values(stack.ofType('AWS::Cognito::UserPoolGroup'));
    expect(groups.map(({ Properties }) => Properties.GroupName)).toEqual(Object.keys(scopesOfGroup));
    for (const { Properties } of groups) expect(Properties).not.toHaveProperty('RoleArn');
  });

  it('have threat protection unless it is switched off', () => {
    const { Properties } = synthesize(customSettings).only('AWS::Cognito::UserPool');
    expect(Properties.UserPoolTier).toBe('ESSENTIALS');
    expect(Properties.UserPoolAddOns).toBeUndefined();
  });

  it('sign in at an external issuer if configured, and the API accepts its audience', () => {
    const elsewhere = synthesize(externalIssuer);
    expect(policyOf(elsewhere)).toContain(
      "connect-src 'self' https://login.example.com https://tokens.example.com;",
    );
    expect(elsewhere.only('AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration.Audience).toEqual([
      'redraw-tracker',
      'ops',
    ]);
    for (const type of ['UserPool', 'UserPoolGroup', 'UserPoolClient'])
      elsewhere.template.resourceCountIs(`AWS::Cognito::${type}`, 0);
    expect(() => elsewhere.functionNamed('sign-in')).toThrow();
  });
});

describe('without a dashboard', () => {
  it.each([{ dashboard: 'off' }, { dashboard: 'off', ...own }, own])(
    'the stack has no part of it: %j',
    (settings) => {
      const plain = synthesize(settings);
      for (const type of [
        'AWS::CloudFront::Distribution',
        'Custom::CDKBucketDeployment',
        'AWS::Cognito::UserPoolGroup',
      ])
        plain.template.resourceCountIs(type, 0);
      plain.template.resourcePropertiesCountIs(
        'AWS::Cognito::UserPoolClient',
        { ClientName: Match.anyValue() },
        0,
      );
      expect(() => plain.functionNamed('sign-in')).toThrow();
      expect(plain.template.toJSON().Outputs).not.toHaveProperty('DashboardUrl');
    },
  );

  it.each([
    ['an issuer without a client for the dashboard causes a notice', own, 1],
    ['a dashboard that is off causes none', { dashboard: 'off', ...own }, 0],
  ])('%s', (_, settings, notices) => {
    const told = Annotations.fromStack(synthesize(settings).stack);
    expect(told.findInfo('*', Match.stringLikeRegexp('^No dashboard: .*dashboardClientId'))).toHaveLength(
      notices,
    );
  });
});
