/** Events that EventBridge sends to URLs. */
import { Template } from 'aws-cdk-lib/assertions';
import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import type { RedrawTracker } from '../../../lib/redraw-tracker.ts';
import { inputTransformer } from '../../../tools/local/events/input-transformer.ts';
import { buildApp, type SynthesizedResource, synthesize } from '../synthesized-stack.ts';

const URL_TO = 'https://example.com/events';

/** The rules that send to a URL. */
const sending = (rules: Readonly<Record<string, SynthesizedResource>>) =>
  Object.values(rules).filter(({ Properties }) => Properties.Targets[0].RoleArn !== undefined);

function builtTracker() {
  const { stack } = buildApp();
  return { stack, tracker: stack.node.findChild('Default') as RedrawTracker };
}

describe('the setting eventsTo', () => {
  const stack = synthesize({ eventsTo: URL_TO, eventsToTypes: 'Redraw Stale, Order Failed' });

  it('sends those types that are news to the URL, with a key that is in no template', () => {
    const { ConnectionArn, ...destination } = stack.only('AWS::Events::ApiDestination').Properties;
    expect(destination).toMatchObject({ InvocationEndpoint: URL_TO, HttpMethod: 'POST' });
    const { AuthParameters, AuthorizationType } = stack.only('AWS::Events::Connection').Properties;
    expect(AuthorizationType).toBe('API_KEY');
    expect(AuthParameters.ApiKeyAuthParameters.ApiKeyName).toBe('x-redraw-tracker-key');
    expect(JSON.stringify(AuthParameters.ApiKeyAuthParameters.ApiKeyValue)).toContain(
      '{{resolve:secretsmanager:',
    );
    const [rule] = sending(stack.ofType('AWS::Events::Rule'));
    expect(rule?.Properties.EventPattern).toEqual({
      source: ['redraw-tracker'],
      'detail-type': ['Redraw Stale', 'Order Failed'],
      detail: { historical: [false], watch_only: [false] },
    });
  });

  it('retries for a day, and keeps what could not be delivered', () => {
    const [rule] = sending(stack.ofType('AWS::Events::Rule'));
    const [target] = rule?.Properties.Targets ?? [];
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
    expect(target.DeadLetterConfig.Arn['Fn::GetAtt'][0]).toMatch(/^DeadLetters/);
  });

  it('is off by default', () => {
    expect(synthesize().ofType('AWS::Events::ApiDestination')).toEqual({});
    expect(synthesize().ofType('AWS::EventSchemas::Schema')).toEqual({});
  });

  it('knows the types', () => {
    expect(() => synthesize({ eventsTo: URL_TO, eventsToTypes: 'Redraw Stail' })).toThrow(
      'No event has the type "Redraw Stail". Did you mean "Redraw Stale"?',
    );
    expect(() => synthesize({ eventsToTypes: 'Redraw Stale' })).toThrow('is set without');
    expect(() => synthesize({ eventsTo: 'http://example.com' })).toThrow('https URL');
  });
});

describe('sendTo', () => {
  it('sends what you make of an event, with a header of yours', () => {
    const { stack, tracker } = builtTracker();
    const value = new Secret(stack, 'Pager') as ISecret;
    tracker.events.sendTo('https://hooks.example.com/a', ['Redraw Stale'], {
      header: { name: 'authorization', value },
      rateLimitPerSecond: 1,
      input: RuleTargetInput.fromObject({ text: EventField.fromPath('$.detail.links.dashboard') }),
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Events::ApiDestination', { InvocationRateLimitPerSecond: 1 });
    template.hasResourceProperties('AWS::Events::Connection', {
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'authorization' } },
    });
    expect(tracker.events.key).toBeUndefined();
    const [rule] = sending(template.findResources('AWS::Events::Rule') as never);
    const { InputTransformer } = rule?.Properties.Targets[0] ?? {};
    const event = { detail: { links: { dashboard: 'https://page.example.com/transactions/1' } } };
    expect(JSON.parse(inputTransformer(InputTransformer)(event))).toEqual({
      text: event.detail.links.dashboard,
    });
  });

  it('refuses another URL than https', () => {
    const { tracker } = builtTracker();
    expect(() => tracker.events.sendTo('http://example.com')).toThrow(ConfigurationError);
  });
});

describe('the registry of schemas', () => {
  const { Properties } = synthesize({ eventSchemas: 'on' }).only('AWS::EventSchemas::Schema');

  it('has an OpenAPI document in which every reference leads somewhere', () => {
    const document = JSON.parse(Properties.Content);
    const { schemas } = document.components;
    for (const [, name = ''] of Properties.Content.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      expect(schemas, name).toHaveProperty(name);
    }
    expect(schemas.RedrawStale.properties.redraw).toEqual({ $ref: '#/components/schemas/Redraw' });
    expect(Object.keys(schemas.AWSEvent.properties.detail.discriminator.mapping)).toContain('Redraw Stale');
  });

  it('has a document that EventBridge accepts', () => {
    // https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html
    expect(Properties.Content.length).toBeLessThan(100_000);
  });
});
