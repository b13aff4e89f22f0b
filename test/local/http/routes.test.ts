import { expect, test } from 'vitest';
import { readHttpApi } from '../../../local/http/routes.ts';
import { Problem } from '../../../local/problem.ts';
import { openTemplate } from '../../../local/template/template.ts';

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
