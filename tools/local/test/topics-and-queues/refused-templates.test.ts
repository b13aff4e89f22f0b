import { afterAll, describe, expect, it } from 'vitest';
import { openDataDirectory } from '../../files/data-directory.ts';
import { openMessaging } from '../../messaging.ts';
import { openTemplate } from '../../template/template.ts';
import { eventRule, messagingTemplate } from '../fixtures/messaging-template.ts';

const data = openDataDirectory(':memory:');
afterAll(() => data.close());

describe('a template is refused with', () => {
  const subscription = (further: object) => ({
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: 'News', Protocol: 'email', Endpoint: 'ops@example.com', ...further },
  });
  const scheduled = eventRule({ source: ['x'] }, { Arn: 'Log' });
  const invokeConfig = (further: object) => ({
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { ...messagingTemplate().Resources.Invoking.Properties, DestinationConfig: further },
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown target',
      eventRule({ source: ['x'] }, { Arn: 'arn:aws:firehose:x' }),
      /rule Odd sends to arn:aws:firehose:x/,
    ],
    [
      'an input path',
      eventRule({ source: ['x'] }, { Arn: 'Log', InputPath: '$.detail' }),
      /Odd of the template \(Targets\.0: .*"InputPath"/,
    ],
    [
      'the schedule of a rule',
      { ...scheduled, Properties: { ...scheduled.Properties, ScheduleExpression: 'rate(1 day)' } },
      /ScheduleExpression: unsupported/,
    ],
    ['an event pattern', eventRule({ a: [{ suffix: 'x' }] }, { Arn: { Ref: 'News' } }), /event pattern/],
    [
      'a subscription that is not mail',
      subscription({ Protocol: 'sms', Endpoint: '+1' }),
      /Odd of the template \(Protocol/,
    ],
    ['a filter policy', subscription({ FilterPolicy: { urgency: ['high'] } }), /FilterPolicy/],
    ['an on-success destination', invokeConfig({ OnSuccess: { Destination: 'x' } }), /"OnSuccess"/],
  ])('%s', (_, Odd, message) => {
    const { Worker, Letters, News, Bus } = messagingTemplate().Resources;
    const template = openTemplate({
      template: { Resources: { Worker, Letters, News, Bus, Odd } },
      assets: new Map(),
    });
    const options = {
      data,
      definitions: [],
      functions: new Map(),
      print() {},
      report() {},
      onEvent() {},
    };
    expect(() => openMessaging(template, options)).toThrow(message);
  });
});
