/** Values of other constructs of the same app, which exist only at deployment. */
import { Aws, Fn, type IResolvable, Lazy, type Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnEIP } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { CfnPhoneNumber, CfnPool } from 'aws-cdk-lib/aws-smsvoice';
import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../../lib/configuration/configuration.ts';
import { settings } from '../../../lib/configuration/configuration-keys.ts';
import { RedrawTracker } from '../../../lib/redraw-tracker.ts';
import type { RedrawTrackerDataProps } from '../../../lib/redraw-tracker-data.ts';
import { bundles, faultsOf, faultsWith, messageOf, newStack, webAcl } from './construct-app.ts';

const ofNumber = {
  isoCountryCode: 'US',
  mandatoryKeywords: { help: { message: 'Help' }, stop: { message: 'Stop' } },
  numberCapabilities: ['SMS'],
  numberType: 'TOLL_FREE',
};
const ofPool = { mandatoryKeywords: ofNumber.mandatoryKeywords, originationIdentities: ['phone-1'] };

/** The resources that the functions of a stack may use for an action, as texts. */
function permitted(template: Template, action: string): string[][] {
  const named = (name: string) => (name === 'Sender' ? 'a@<Sender>' : `<${name}>`);
  return Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes(action))
    .map(({ Resource }) => [Resource].flat().map((one) => evaluate(one, named)));
}

/** The resources of a stack with the construct. */
function resourcesWith(stack: Stack, props: RedrawTrackerDataProps) {
  new RedrawTracker(stack, 'Redraws', { bundles, ...props });
  return Template.fromStack(stack);
}

describe('values of other constructs', () => {
  it('are passed on for the certificate, the web ACL and the host name of the dashboard', () => {
    const stack = newStack();
    const zone = new HostedZone(stack, 'Zone', { zoneName: 'example.com' });
    const template = resourcesWith(stack, {
      dashboardDomain: `redraws.${Fn.importValue('Zone')}`,
      dashboardCertificateArn: new Certificate(stack, 'C', { domainName: 'x.example.com' }).certificateArn,
      dashboardWebAclArn: webAcl(stack, 'CLOUDFRONT').attrArn,
      recordLink: `https://${zone.zoneName}/patients/{user_id}`,
    });
    const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
    expect(distribution?.Properties.DistributionConfig).toMatchObject({
      Aliases: [{ 'Fn::Join': ['', ['redraws.', { 'Fn::ImportValue': 'Zone' }]] }],
      ViewerCertificate: { AcmCertificateArn: { Ref: expect.stringMatching(/^C/) } },
      WebACLId: { 'Fn::GetAtt': [expect.stringMatching(/^WebAcl/), 'Arn'] },
    });
  });

  it('are passed on for the issuer, whose origin the page may call', () => {
    const stack = newStack();
    const pool = new UserPool(stack, 'Pool');
    const client = pool.addClient('Page').userPoolClientId;
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'clinic' } });
    const template = resourcesWith(stack, {
      oidcIssuer: pool.userPoolProviderUrl,
      oidcAudience: [client],
      dashboardClientId: client,
      dashboardSignInOrigins: [`${domain.baseUrl()}/oauth2/token`],
      corsOrigins: [
        `https://${new Distribution(stack, 'D', { defaultBehavior: { origin: new HttpOrigin('x.example.com') } }).distributionDomainName}`,
      ],
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      JwtConfiguration: {
        Issuer: { 'Fn::GetAtt': [stack.getLogicalId(pool.node.defaultChild as never), 'ProviderURL'] },
        Audience: [stack.resolve(client)],
      },
    });
    const [headers] = Object.values(
      template.findResources('AWS::CloudFront::ResponseHeadersPolicy', {
        Properties: { ResponseHeadersPolicyConfig: { CustomHeadersConfig: {} } },
      }),
    );
    const policy = evaluate(
      headers?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy
        .ContentSecurityPolicy,
      (name) =>
        /ProviderURL/.test(name) ? 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A' : 'clinic',
    );
    expect(policy).toContain(
      "connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com https://clinic.auth.us-east-1.amazoncognito.com;",
    );
    const [api] = Object.values(template.findResources('AWS::ApiGatewayV2::Api'));
    expect(JSON.stringify(api?.Properties.CorsConfiguration.AllowOrigins)).toMatch(/https:\/\/.*DomainName/);
  });

  it('are passed on for messages: senders, the link and the phone number', () => {
    const stack = newStack();
    const zone = Fn.importValue('Zone');
    const number = new CfnPhoneNumber(stack, 'Number', ofNumber);
    const template = resourcesWith(stack, {
      patientMessages: 'both',
      messageBrand: 'Example',
      messageEmailSender: `results@mail.${zone}`,
      messageSmsSender: number.attrPhoneNumberId,
      messageLink: `https://${zone}/orders/{order_id}`,
      messagePhone: number.attrPhoneNumber,
      ownerMailSender: Fn.importValue('Sender'),
    });
    expect(permitted(template, 'sms-voice:SendTextMessage')).toEqual([
      [expect.stringMatching(/:phone-number\/<Number.PhoneNumberId>$/)],
    ]);
    const senders = Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action === 'ses:SendEmail')
      .map(({ Condition }) => Condition.StringEquals['ses:FromAddress']);
    expect(senders).toEqual([
      { 'Fn::Join': ['', ['results@mail.', { 'Fn::ImportValue': 'Zone' }]] },
      { 'Fn::ImportValue': 'Sender' },
    ]);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          SERVICE_NAME: 'messages',
          MESSAGE_LINK: {
            'Fn::Join': ['', ['https://', { 'Fn::ImportValue': 'Zone' }, '/orders/{order_id}']],
          },
        },
      },
    });
  });

  it('are passed on for the emails of the user pool', () => {
    const emailsOf = (settings: object) => {
      const [pool] = Object.values(
        resourcesWith(newStack(), settings).findResources('AWS::Cognito::UserPool'),
      );
      return JSON.stringify(pool?.Properties.EmailConfiguration);
    };
    const Zone = '{"Fn::ImportValue":"Zone"}';
    const zone = Fn.importValue('Zone');
    expect(emailsOf({ signInEmailSender: `a@${zone}` })).toContain(`:identity/",${Zone}]`);
    expect(emailsOf({ signInEmailSender: `a@x.${zone}`, signInEmailIdentity: zone })).toContain(
      `:identity/",${Zone}]`,
    );
    expect(emailsOf({ signInEmailSender: Fn.importValue('Sender') })).toContain(
      '{"Fn::Select":[1,{"Fn::Split":["@",{"Fn::ImportValue":"Sender"}]}]}',
    );
  });

  it('are passed on for the ARN of a number or a pool, and the id of a pool', () => {
    const sender = (of: (stack: Stack) => string) => {
      const stack = newStack();
      const messageSmsSender = of(stack);
      const template = resourcesWith(stack, {
        patientMessages: 'sms',
        messageBrand: 'Example',
        messageSmsSender,
      });
      return permitted(template, 'sms-voice:SendTextMessage').flat().join();
    };
    expect(sender((stack) => new CfnPhoneNumber(stack, 'N', ofNumber).attrArn)).toBe('<N.Arn>');
    expect(sender((stack) => new CfnPool(stack, 'P', ofPool).attrArn)).toBe('<P.Arn>');
    expect(sender((stack) => new CfnPool(stack, 'P', ofPool).attrPoolId)).toMatch(/:pool\/<P.PoolId>$/);
    expect(sender((stack) => new CfnPhoneNumber(stack, 'N', ofNumber).ref)).toMatch(/:phone-number\/<N>$/);
    expect(sender(() => Fn.importValue('Pool'))).toBe('<Pool>');
  });

  it('are passed on for the addresses of the entrance, with the version of their prefix', () => {
    const stack = newStack();
    const template = resourcesWith(stack, {
      entrance: 'on',
      entranceWebhookSenders: [`${new CfnEIP(stack, 'Relay').ref}/32`, `${Fn.importValue('Six')}/56`],
      entranceSecretVersion: Fn.importValue('Version'),
    });
    template.hasResourceProperties('AWS::WAFv2::IPSet', {
      IPAddressVersion: 'IPV4',
      Addresses: [{ 'Fn::Join': ['', [{ Ref: 'Relay' }, '/32']] }],
    });
    template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV6' });
    expect(
      faultsWith({ entrance: 'on', entranceWebhookSenders: [Fn.importValue('Relay')] }).join(),
    ).toContain('entranceWebhookSenders is ["…"]. It must be IPv4 and IPv6 addresses or ranges, in an array');
  });

  it('are passed on wherever a setting is not needed at synthesis, and refused with a sentence elsewhere', () => {
    const value = Token.asString({ resolve: () => 'x' } as unknown as IResolvable);
    const list = Token.asList({ resolve: () => ['x'] } as unknown as IResolvable);
    const number = Lazy.number({ produce: () => 1 });
    const accepted = Object.entries(settings).flatMap(([name, { schema }]) =>
      [value, [value], list].some((given) => schema.safeParse(given).success) ? [name] : [],
    );
    expect(accepted.sort()).toEqual([
      'corsOrigins',
      'dashboardCertificateArn',
      'dashboardClientId',
      'dashboardDomain',
      'dashboardSignInOrigins',
      'dashboardWebAclArn',
      'entranceSecretVersion',
      'eventsTo',
      'junctionBaseUrl',
      'junctionLink',
      'messageEmailSender',
      'messageLink',
      'messagePhone',
      'messageSmsSender',
      'oidcAudience',
      'oidcIssuer',
      'operatorEmail',
      'ownerMailSender',
      'recordLink',
      'runbookUrl',
      'signInEmailIdentity',
      'signInEmailSender',
      'teamId',
      'tokenDomainPrefix',
    ]);
    for (const name of Object.keys(settings).filter((one) => !accepted.includes(one))) {
      if (name.startsWith('entrance') && name.endsWith('s')) continue;
      for (const given of [value, number]) {
        const message = messageOf(() => configurationOf({ [name]: given }));
        expect(message).toContain(
          `${name} has a value that exists only at deployment, and it is needed before. It must be `,
        );
      }
    }
  });

  it('must fit where they are known', () => {
    const arn = (region: string) => `arn:${Aws.PARTITION}:acm:${region}:${Aws.ACCOUNT_ID}:certificate/1-2`;
    const with_ = (dashboardCertificateArn: string) => ({
      dashboardDomain: 'x.example.com',
      dashboardCertificateArn,
    });
    expect(configurationOf(with_(arn('us-east-1')))).toMatchObject(with_(arn('us-east-1')));
    expect(faultsOf(() => configurationOf(with_(arn('eu-west-1'))))).toEqual([
      'dashboardCertificateArn is "arn:…:acm:eu-west-1:…:certificate/1-2". It must be the ARN of an ACM certificate for that host name, in us-east-1, as CloudFront requires.',
    ]);
    const oidcIssuer = `http://${Aws.URL_SUFFIX}`;
    expect(faultsOf(() => configurationOf({ oidcIssuer, oidcAudience: ['a'] }))).toHaveLength(1);
  });
});

/** A text as CloudFormation makes it of its functions. */
function evaluate(value: unknown, nameOf: (name: string) => string): string {
  if (typeof value === 'string') return value;
  const [[name, of] = ['', '']] = Object.entries(value as Record<string, unknown>);
  const parts = of as [string, unknown];
  switch (name) {
    case 'Fn::Join':
      return (parts[1] as unknown[]).map((part) => evaluate(part, nameOf)).join(parts[0]);
    case 'Fn::Select': {
      const [separator, text] = (parts[1] as { 'Fn::Split': [string, unknown] })['Fn::Split'];
      return evaluate(text, nameOf).split(separator)[Number(parts[0])] ?? nameOf(JSON.stringify(text));
    }
    default:
      return nameOf([of].flat().join('.'));
  }
}
