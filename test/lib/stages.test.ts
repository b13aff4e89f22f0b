/** Several stages in one account, and a stage in several regions: what has a fixed name must not collide. */
import { describe, expect, it } from 'vitest';
import { type SynthesizedResource, type SynthesizedStack, synthesize } from './synthesized-stack.ts';

/** Names that need to be unique only within a user pool, an API or a namespace of metrics, or that are not names. */
const uniqueElsewhere = new Set([
  'AWS::ApiGatewayV2::Authorizer Name',
  'AWS::ApiGatewayV2::Stage StageName',
  'AWS::CloudWatch::Alarm MetricName',
  'AWS::Cognito::UserPoolClient ClientName',
  'AWS::Cognito::UserPoolGroup GroupName',
  'AWS::Cognito::UserPoolResourceServer Name',
  'AWS::DynamoDB::Table AttributeName',
  'AWS::SNS::Topic DisplayName',
]);

/** Resources of an account, not of a region in it. The names of buckets are unique in the world. */
const isGlobal = ({ Type }: SynthesizedResource) => /^AWS::(CloudFront|IAM|S3)::/.test(Type);

/** `<type> <property> <value>` for each fixed name in the resources, also in the parts of a resource. */
function fixedNames(
  { resources }: SynthesizedStack,
  isIncluded = (_: SynthesizedResource) => true,
): string[] {
  return Object.values(resources)
    .filter(isIncluded)
    .flatMap(({ Type, Properties = {} }) =>
      [Properties, ...Object.values(Properties)].flatMap((part) =>
        Object.entries(typeof part === 'object' && !Array.isArray(part) ? part : {})
          .filter(([key, value]) => /(Name|^Domain)$/.test(key) && !refersToResource(value))
          .filter(([key]) => !uniqueElsewhere.has(`${Type} ${key}`))
          .map(([key, value]) => `${Type} ${key} ${JSON.stringify(value)}`),
      ),
    );
}

/** The name of another resource, unlike a text that contains a pseudo parameter such as the account. */
const refersToResource = (value: unknown) => /^{"(Ref|Fn::GetAtt)":\[?"(?!AWS::)/.test(JSON.stringify(value));

const both = (one: string[], other: string[]) => one.filter((name) => other.includes(name));

describe('two stages in one account and region', () => {
  const prod = synthesize({}, 'eu-central-1');
  const dev = synthesize({ stage: 'dev' }, 'eu-central-1');

  it('have no fixed name in common', () => {
    expect(fixedNames(prod).length).toBeGreaterThan(5);
    expect(both(fixedNames(prod), fixedNames(dev))).toEqual([]);
  });

  it('do not mention each other', () => {
    expect(JSON.stringify(prod.resources)).not.toMatch(/redraw-tracker-dev|RedrawTracker\/dev/);
    expect(JSON.stringify(dev.resources)).not.toMatch(/redraw-tracker-prod|RedrawTracker\/prod/);
  });
});

describe('a stage in two regions of one account', () => {
  const [frankfurt, oregon] = ['eu-central-1', 'us-west-2'].map((region) => synthesize({}, region));

  it('has no name in common that is unique in the account', () => {
    if (!frankfurt || !oregon) throw new Error('There are two.');
    expect(fixedNames(frankfurt, isGlobal).length).toBeGreaterThan(2);
    expect(both(fixedNames(frankfurt, isGlobal), fixedNames(oregon, isGlobal))).toEqual([]);
  });

  it.each([
    ['eu-central-1', frankfurt],
    ['us-west-2', oregon],
  ])('refers to no other region in %s', (region, synthesized) => {
    // The dashboard shows a metric of CloudFront, which has them in one region only.
    const cloudFront = /\[\\"AWS\/CloudFront\\"[^\]]*\]/g;
    const text = JSON.stringify(synthesized?.resources).replaceAll(cloudFront, '');
    const mentioned = text.match(/\b(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov)?-[a-z]+-\d\b/g) ?? [];
    expect([...new Set(mentioned)]).toEqual([region]);
  });
});

describe('the stack without state', () => {
  const stateful =
    /^AWS::(DynamoDB|KMS|SecretsManager|SQS|SNS|Cognito::UserPool($|Group|Domain|ResourceServer)|Events::(EventBus|Archive))/;
  const [data, service] = synthesize().templates;

  it('has no resource that holds state but logs and the files of the page', () => {
    const types = (template: typeof data) => Object.values(template?.Resources ?? {}).map(({ Type }) => Type);
    expect(types(data).filter((type) => stateful.test(type)).length).toBeGreaterThan(10);
    expect(types(service).filter((type) => stateful.test(type))).toEqual([]);
    expect(types(service).filter((type) => type === 'AWS::S3::Bucket')).toHaveLength(1);
  });

  it('refers to the data, by outputs without an export, and not the other way round', () => {
    const [ofData, ofService] = [data, service].map((template) => JSON.stringify(template));
    expect(ofService?.match(/"Fn::GetStackOutput":{"StackName":"[\w-]+"/g)).toContain(
      '"Fn::GetStackOutput":{"StackName":"redraw-tracker-prod-data"',
    );
    expect(ofData?.match(/Fn::GetStackOutput|"Export":.{100}/g)).toBeNull();
    expect(ofService?.match(/Fn::ImportValue.{100}|"Export":/g)).toBeNull();
  });
});
