import { describe, expect, it } from 'vitest';
import { scopesOfGroup, scopesOfPeople } from '../../../core/http/groups.ts';
import { distributionOf, headersOf, pageClient } from '../dashboard/page-resources.ts';
import { customSettings, externalIssuer, type SynthesizedStack, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const { template } = stack;

const policyOf = (synthesized: SynthesizedStack): string => {
  const { DefaultCacheBehavior } = distributionOf(synthesized);
  return JSON.stringify(headersOf(DefaultCacheBehavior, synthesized).ContentSecurityPolicy);
};

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
      AllowedOAuthScopes: [
        'openid',
        'email',
        ...scopesOfPeople.filter((scope) => !/^(messages|orders|appointments|portal)\//.test(scope)),
      ],
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

  it("get Cognito's emails from Cognito's address, unless an address and a text are configured", () => {
    const plain = stack.only('AWS::Cognito::UserPool').Properties;
    expect(plain).not.toHaveProperty('EmailConfiguration');
    expect(plain.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
    const { dashboardDomain, dashboardCertificateArn } = customSettings;
    const configured = synthesize({
      dashboardDomain,
      dashboardCertificateArn,
      signInEmailSender: 'sign-in@example.com',
      invitationSubject: 'Your account for redraws',
      invitationMessage: 'Sign in at {dashboard_url} as {username} with {####}.',
    }).only('AWS::Cognito::UserPool').Properties;
    expect(configured.EmailConfiguration).toMatchObject({
      EmailSendingAccount: 'DEVELOPER',
      From: 'sign-in@example.com',
    });
    expect(JSON.stringify(configured.EmailConfiguration.SourceArn)).toMatch(/:identity\/example\.com"/);
    expect(configured.AdminCreateUserConfig).toEqual({
      AllowAdminCreateUserOnly: true,
      InviteMessageTemplate: {
        EmailSubject: 'Your account for redraws',
        EmailMessage: 'Sign in at https://redraws.example.com as {username} with {####}.',
      },
    });
    const byAddress = { signInEmailSender: 'a@mail.example.com', signInEmailIdentity: 'a@mail.example.com' };
    const { SourceArn } = synthesize(byAddress).only('AWS::Cognito::UserPool').Properties.EmailConfiguration;
    expect(JSON.stringify(SourceArn)).toMatch(/:identity\/a@mail\.example\.com"/);
  });

  it('have threat protection unless it is switched off', () => {
    const { Properties } = synthesize(customSettings).only('AWS::Cognito::UserPool');
    expect(Properties.UserPoolTier).toBe('ESSENTIALS');
    // Left out, it would stay on in a pool that has it, and Cognito would refuse the plan.
    expect(Properties.UserPoolAddOns).toEqual({ AdvancedSecurityMode: 'OFF' });
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
