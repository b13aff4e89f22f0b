/** How much the construct adds to a stack. CloudFormation allows 500 resources, and an app has some of its own. */
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { buildInOneStack, withEverything } from './synthesized-stack.ts';

/** What only a capability adds that is off by default. With less than everything, the number would say nothing. */
const OF_CAPABILITIES = ['AWS::SMSVOICE::ConfigurationSet', 'AWS::SES::ConfigurationSet'];

it.each(['us-east-1', 'eu-central-1'])(
  'has at most 400 resources and 60 alarms in one stack with everything on, in %s',
  (region) => {
    const { Resources } = Template.fromStack(buildInOneStack(withEverything, region)).toJSON();
    const types = Object.values<{ Type: string }>(Resources).map(({ Type }) => Type);
    expect(types).toEqual(expect.arrayContaining(OF_CAPABILITIES));
    // The pages, and the entrance of the API.
    expect(types.filter((type) => type === 'AWS::CloudFront::Distribution')).toHaveLength(2);
    expect(types.length).toBeLessThanOrEqual(400);
    expect(types.filter((type) => type === 'AWS::CloudWatch::Alarm').length).toBeLessThanOrEqual(60);
  },
);
