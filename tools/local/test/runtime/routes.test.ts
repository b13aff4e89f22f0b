import { describe, expect, it, test } from 'vitest';
import { Problem } from '../../../../lib/problems/problem.ts';
import { readHttpApi } from '../../runtime/routes.ts';
import { openTemplate } from '../../template/template.ts';

test('A route that accepts requests through CloudFront only stops the local run with a sentence', () => {
  const template = openTemplate({
    assets: new Map(),
    template: {
      Resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api' },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: { IntegrationType: 'AWS_PROXY', IntegrationUri: 'f', PayloadFormatVersion: '2.0' },
        },
        Route: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: 'ANY /webhooks/junction',
            Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
            AuthorizationType: 'CUSTOM',
          },
        },
      },
    },
  });
  expect(() => readHttpApi(template, [])).toThrow(Problem);
  expect(() => readHttpApi(template, [])).toThrow(/ANY \/webhooks\/junction .* Start it without .*entrance/);
});

describe('Rules for other origins', () => {
  const rules = (CorsConfiguration: object) =>
    readHttpApi(
      openTemplate({
        assets: new Map(),
        template: {
          Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { CorsConfiguration } } },
        },
      }),
      [],
    )?.cors;

  it('are read, `*` included', () => {
    const AllowOrigins = ['https://ops.example', '*'];
    expect(rules({ AllowOrigins, AllowMethods: ['GET'], AllowHeaders: ['Authorization'] })).toEqual({
      origins: AllowOrigins,
      methods: ['GET'],
      headers: ['authorization'],
      exposedHeaders: [],
    });
  });

  it.each<[string, object, RegExp]>([
    ['credentials', { AllowCredentials: true }, /AllowCredentials: unsupported/],
    ['an age', { MaxAge: 600 }, /MaxAge: unsupported/],
    ['all hosts of a scheme', { AllowOrigins: ['https://*'] }, /AllowOrigins.*unsupported wildcard/],
  ])('with %s stop the local run with a sentence', (_, further, message) => {
    expect(() => rules(further)).toThrow(message);
  });
});
