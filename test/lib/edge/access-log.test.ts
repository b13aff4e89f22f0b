/**
 * The log of the requests to CloudFront. Deliveries of CloudFront's logs exist in us-east-1 only:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html#enable-access-logging-api
 */
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { type SynthesizedStack, synthesize } from '../synthesized-stack.ts';

const deliveries = (synthesized: SynthesizedStack) => [
  ...Object.values(synthesized.ofType('AWS::Logs::DeliverySource')),
  ...Object.values(synthesized.ofType('AWS::Logs::DeliveryDestination')),
  ...Object.values(synthesized.ofType('AWS::Logs::Delivery')),
];

/** The log group that a delivery ends in. */
function logGroupOf(synthesized: SynthesizedStack) {
  const { DestinationResourceArn } = synthesized.only('AWS::Logs::DeliveryDestination').Properties;
  const [id] = DestinationResourceArn['Fn::GetAtt'];
  return synthesized.ofType('AWS::Logs::LogGroup')[id]?.Properties;
}

describe('the log of the requests to CloudFront', () => {
  const near = synthesize({}, 'us-east-1');
  const far = synthesize({ cloudFrontAccessLog: 'on' }, 'eu-central-1');
  const farLog = far.beside('redraw-tracker-prod-access-log-eu-central-1');

  it('is part of a stack in us-east-1', () => {
    const [distributionId] = Object.keys(near.ofType('AWS::CloudFront::Distribution'));
    const source = near.only('AWS::Logs::DeliverySource');
    expect(source.Properties.LogType).toBe('ACCESS_LOGS');
    expect(source.Properties.ResourceArn).toEqual({
      'Fn::Join': [
        '',
        ['arn:aws:cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: distributionId }],
      ],
    });
    const { Properties: delivery, DependsOn } = near.only('AWS::Logs::Delivery');
    expect(delivery.DeliverySourceName).toBe(source.Properties.Name);
    expect(DependsOn).toEqual(Object.keys(near.ofType('AWS::Logs::DeliverySource')));
    expect(logGroupOf(near)).toMatchObject({
      RetentionInDays: 90,
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^KeysOperations/), 'Arn'] },
    });
  });

  it('is a stack of its own beside one in another region, with a key of that region', () => {
    expect(deliveries(far)).toEqual([]);
    expect(farLog.stack.region).toBe('us-east-1');
    expect(deliveries(farLog)).toHaveLength(3);
    expect(JSON.stringify(farLog.only('AWS::Logs::DeliverySource').Properties.ResourceArn)).toContain(
      '"Fn::GetStackOutput":{"StackName":"redraw-tracker-prod","Region":"eu-central-1"',
    );
    const [keyId] = Object.keys(farLog.ofType('AWS::KMS::Key'));
    expect(logGroupOf(farLog)?.KmsKeyId).toEqual({ 'Fn::GetAtt': [keyId, 'Arn'] });
    expect(JSON.stringify(farLog.only('AWS::KMS::Key').Properties.KeyPolicy)).toContain(
      'logs.us-east-1.amazonaws.com',
    );
    expect(farLog.stack.terminationProtection).toBe(true);
  });

  it('comes after the stack that it logs for, and needs no function', () => {
    expect(farLog.stack.dependencies).toEqual([far.stack]);
    farLog.template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  it('holds no query string, cookie or referrer', () => {
    const { RecordFields } = near.only('AWS::Logs::Delivery').Properties;
    expect(RecordFields).toContain('cs-uri-stem');
    for (const field of ['cs-uri-query', 'cs(Cookie)', 'cs(Referer)'])
      expect(RecordFields).not.toContain(field);
  });

  it('needs no bucket and no access control list', () => {
    for (const synthesized of [near, far]) {
      const { DistributionConfig } = synthesized.only('AWS::CloudFront::Distribution').Properties;
      expect(DistributionConfig).not.toHaveProperty('Logging');
      for (const { Properties } of Object.values(synthesized.ofType('AWS::S3::Bucket'))) {
        expect(Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
      }
    }
  });

  it('has a name that no other stage or region has, and that fits', () => {
    const names = (region: string) =>
      synthesize({ cloudFrontAccessLog: 'on', stage: 'a-stage-of-20-letter' }, region)
        .beside(`redraw-tracker-a-stage-of-20-letter-access-log-${region}`)
        .only('AWS::Logs::DeliverySource').Properties.Name;
    // The longest name of a region.
    expect(names('ap-southeast-2')).toBe('redraw-tracker-a-stage-of-20-letter-dashboard-ap-southeast-2');
    expect(names('ap-southeast-2').length).toBeLessThanOrEqual(60);
  });

  it.each([
    ['is not kept where it is off', { cloudFrontAccessLog: 'off' }, 'us-east-1', 0],
    ['is not kept in another region unless configured, and the deployer learns why', {}, 'eu-central-1', 1],
    ['is not kept without a region', {}, undefined, 1],
  ])('%s', (_, settings, region, notices) => {
    const none = synthesize(settings, region);
    expect(deliveries(none)).toEqual([]);
    expect(none.app.node.children.filter(({ node }) => node.id.includes('-access-log'))).toEqual([]);
    const told = Annotations.fromStack(none.stack);
    expect(told.findInfo('*', Match.stringLikeRegexp('cloudFrontAccessLog'))).toHaveLength(notices);
  });

  it('cannot be on without a region', () => {
    expect(() => synthesize({ cloudFrontAccessLog: 'on' })).toThrow(/has no region/);
  });
});
