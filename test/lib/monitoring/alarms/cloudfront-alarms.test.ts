/**
 * The alarms on CloudFront, whose metrics are in us-east-1 only:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { type SynthesizedStack, synthesize, withEntrance } from '../../synthesized-stack.ts';

const alarmsIn = (synthesized: SynthesizedStack) =>
  Object.values(synthesized.ofType('AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => Properties)
    .filter(({ MetricName }) => MetricName === '5xxErrorRate');

const alarmIn = (synthesized: SynthesizedStack) => alarmsIn(synthesized)[0];

const watched = {
  EvaluationPeriods: 3,
  Threshold: 5,
  TreatMissingData: 'notBreaching',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

describe('the alarms on CloudFront', () => {
  it('are part of a stack in us-east-1', () => {
    const near = synthesize({}, 'us-east-1');
    const [distribution] = Object.keys(near.ofType('AWS::CloudFront::Distribution'));
    expect(alarmIn(near)).toMatchObject({
      ...watched,
      Namespace: 'AWS/CloudFront',
      Statistic: 'Average',
      Period: 300,
      Dimensions: [
        { Name: 'DistributionId', Value: { Ref: distribution } },
        { Name: 'Region', Value: 'Global' },
      ],
      AlarmActions: [{ Ref: Object.keys(near.ofType('AWS::SNS::Topic'))[0] }],
    });
  });

  it('watch the distribution of the entrance too', () => {
    const near = synthesize(withEntrance, 'us-east-1');
    const distributions = Object.keys(near.ofType('AWS::CloudFront::Distribution'));
    expect(distributions).toHaveLength(2);
    const watched = alarmsIn(near).map(({ Dimensions }) => Dimensions[0].Value.Ref);
    expect(watched.toSorted()).toEqual(distributions.toSorted());
  });

  it('are in a stack of their own beside one in another region, with a topic for the same address', () => {
    const far = synthesize({ cloudFrontAlarm: 'on', operatorEmail: 'lab-ops@example.com' }, 'eu-central-1');
    expect(alarmIn(far)).toBeUndefined();
    const edge = far.beside('redraw-tracker-prod-edge-alarms-eu-central-1');
    expect(edge.stack.region).toBe('us-east-1');
    const [topicId] = Object.keys(edge.ofType('AWS::SNS::Topic'));
    expect(alarmIn(edge)).toMatchObject({ ...watched, AlarmActions: [{ Ref: topicId }] });
    expect(alarmIn(edge).AlarmDescription).toContain(
      'https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/redraw-tracker-prod-eu-central-1',
    );
    expect(edge.only('AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'lab-ops@example.com',
      TopicArn: { Ref: topicId },
    });
    expect(JSON.stringify(edge.only('AWS::KMS::Key').Properties.KeyPolicy)).toContain(
      'cloudwatch.amazonaws.com',
    );
  });

  it.each([
    ['are off where it is set so', { cloudFrontAlarm: 'off' }, 'us-east-1', 0],
    ['are off in another region unless it is set, and the deployer is told', {}, 'eu-central-1', 1],
  ] as const)('%s', (_, settings, region, notices) => {
    const synthesized = synthesize(settings, region);
    expect(alarmIn(synthesized)).toBeUndefined();
    const told = Annotations.fromStack(synthesized.stack);
    expect(told.findInfo('*', Match.stringLikeRegexp('cloudFrontAlarm'))).toHaveLength(notices);
  });
});
