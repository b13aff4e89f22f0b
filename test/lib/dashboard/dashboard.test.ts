import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { scopesOfGroup } from '../../../core/http/groups.ts';
import { pathFunction } from '../../../tools/local/page/edge-function.ts';
import { customSettings, synthesize } from '../synthesized-stack.ts';
import { distributionOf, headersOf, pageClient } from './page-resources.ts';

const stack = synthesize();
const own = { oidcIssuer: 'https://login.example.com/realm', oidcAudience: 'redraw-tracker' };

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
      expect(headersOf(behavior, stack)).toEqual({
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

  it('never replaces an error of the API by the page, and never keeps one', () => {
    // Every code for which CloudFront can be told how long to keep it.
    const codes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
    expect(distribution.CustomErrorResponses).toEqual(
      codes.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
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
      id: 'request-1',
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

describe('without a dashboard', () => {
  it.each([{ dashboard: 'off' }, { dashboard: 'off', ...own }, own])(
    'the stack has no part of it but the groups of the user pool: %j',
    (settings) => {
      const plain = synthesize(settings);
      for (const type of ['AWS::CloudFront::Distribution', 'Custom::CDKBucketDeployment'])
        plain.template.resourceCountIs(type, 0);
      plain.template.resourcePropertiesCountIs(
        'AWS::Cognito::UserPoolClient',
        { AllowedOAuthFlows: ['code'] },
        0,
      );
      const groups = 'oidcIssuer' in settings ? 0 : Object.keys(scopesOfGroup).length;
      plain.template.resourceCountIs('AWS::Cognito::UserPoolGroup', groups);
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
