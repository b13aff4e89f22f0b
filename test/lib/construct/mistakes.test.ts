/** Mistakes in the props of the constructs: names, and what is in another account or region. */
import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnEIP } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { configurationOf } from '../../../lib/configuration/configuration.ts';
import { RedrawTracker, type RedrawTrackerProps } from '../../../lib/redraw-tracker.ts';
import { RedrawTrackerData, type RedrawTrackerDataProps } from '../../../lib/redraw-tracker-data.ts';
import { synthesize } from '../synthesized-stack.ts';
import { bundles, faultsOf, faultsWith, messageOf, newStack, webAcl } from './construct-app.ts';

const here = { account: '111122223333', region: 'us-east-1' };

describe('mistakes in props', () => {
  it('of a name are refused, with the name that was meant', () => {
    const operatorsEmail = 'ops@example.com';
    const misspelt = { operatorsEmail } as RedrawTrackerDataProps;
    const expected = ['operatorsEmail is an unknown prop. Did you mean operatorEmail?'];
    expect(faultsWith(misspelt)).toEqual(expected);
    expect(faultsOf(() => new RedrawTrackerData(newStack(), 'Data', { bundles, ...misspelt }))).toEqual(
      expected,
    );
    expect(faultsWith({ colour: 'red' } as never).join()).toContain(
      'colour is an unknown prop. The props are stage, ',
    );
  });

  it('of a prop beside the data are refused', () => {
    const data = new RedrawTrackerData(newStack(), 'Data', { bundles });
    const props = { data, operatorEmail: 'ops@example.com' } as unknown as RedrawTrackerProps;
    expect(faultsOf(() => new RedrawTracker(Stack.of(data), 'Redraws', props))).toEqual([
      'operatorEmail has no effect beside data.',
    ]);
  });

  it('are named by the prop, not by the key of a context', () => {
    const message = messageOf(() =>
      configurationOf({ logRetentionDays: 45, dashboardDomain: 'x.example.com' }),
    );
    expect(message).toContain('  - logRetentionDays is 45.');
    expect(message).not.toContain('redraw-tracker:');
    const stack = newStack({ region: 'eu-west-1' });
    new RedrawTracker(stack, 'Redraws', { bundles, operatorEmail: 'ops@example.com' });
    const named = noticesOf(stack);
    expect(named.length).toBeGreaterThan(2);
    for (const text of named) expect(text).not.toMatch(/Set redraw-tracker:/);
    const ours = noticesOf(synthesize({ operatorEmail: 'ops@example.com' }, 'eu-west-1').stack);
    expect(ours).toHaveLength(named.length);
    for (const text of ours) expect(text).toMatch(/Set redraw-tracker:/);
  });
});

/** The notices that name a setting. */
function noticesOf(stack: Stack): string[] {
  const notices = stack.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
  return notices.filter((text) => /Set \S+ to/.test(text));
}

describe('what is elsewhere', () => {
  const elsewhere = { region: 'eu-west-1', account: '444455556666' };
  const arn = (service: string, resource: string, { region, account } = { ...here, ...elsewhere }) =>
    `arn:aws:${service}:${region}:${account}:${resource}`;
  const given: Record<string, (stack: Stack, at: typeof here) => RedrawTrackerDataProps> = {
    tableKey: (stack, at) => ({ tableKey: Key.fromKeyArn(stack, 'K', arn('kms', 'key/1', at)) }),
    eventBus: (stack, at) => ({
      eventBus: EventBus.fromEventBusArn(stack, 'B', arn('events', 'event-bus/b', at)),
    }),
    alarmTopic: (stack, at) => ({ alarmTopic: Topic.fromTopicArn(stack, 'T', arn('sns', 'on-call', at)) }),
    criticalResultsTopic: (stack, at) => ({
      criticalResultsTopic: Topic.fromTopicArn(stack, 'T', arn('sns', 'pager', at)),
    }),
  };

  it.each(Object.entries(given))('is refused as %s', (name, props) => {
    const stack = newStack(here);
    expect(faultsWith(props(stack, { ...here, region: 'eu-west-1' }), stack)).toEqual([
      `${name} is in the region eu-west-1, and the stack Stack-0 is in us-east-1. They must be in the same region.`,
    ]);
    const another = newStack(here);
    expect(faultsWith(props(another, { ...here, account: '444455556666' }), another)).toEqual([
      `${name} is in the account 444455556666, and the stack Stack-0 is in 111122223333. They must be in the same account.`,
    ]);
    const right = newStack(here);
    expect(new RedrawTracker(right, 'Redraws', { bundles, ...props(right, here) })).toBeDefined();
  });

  it('is refused as an ARN, which is no construct', () => {
    const alarmTopic = arn('sns', 'on-call', here) as unknown as Topic;
    expect(faultsWith({ alarmTopic })).toEqual([
      'alarmTopic is a text. Import the resource, for example by its ARN.',
    ]);
  });

  it('is refused as a construct of a stack in another region', () => {
    const stack = newStack(here);
    const tableKey = new Key(newStack({ ...here, region: 'eu-west-1' }, stack), 'Key');
    expect(faultsWith({ tableKey }, stack)).toHaveLength(1);
  });

  it('is refused as a certificate or web ACL that CloudFront cannot use', () => {
    const stack = newStack(elsewhere);
    const dashboardDomain = 'x.example.com';
    const { certificateArn } = new Certificate(stack, 'C', { domainName: dashboardDomain });
    expect(faultsWith({ dashboardDomain, dashboardCertificateArn: certificateArn }, stack)).toEqual([
      'dashboardCertificateArn is in eu-west-1. CloudFront uses only what is in us-east-1.',
    ]);
    expect(faultsWith({ dashboardWebAclArn: webAcl(newStack(here), 'REGIONAL').attrArn })).toEqual([
      'dashboardWebAclArn has the scope REGIONAL. CloudFront uses only a web ACL with the scope CLOUDFRONT.',
    ]);
    const foreign = arn('acm', 'certificate/1-2', { ...here, account: '444455556666' });
    expect(faultsWith({ dashboardDomain, dashboardCertificateArn: foreign }, newStack(here))).toEqual([
      'dashboardCertificateArn is in the account 444455556666, and the stack Stack-0 is in 111122223333. They must be in the same account.',
    ]);
  });

  it('is refused as an address that the web ACL in another stack would need first', () => {
    const addressIn = (stack: Stack) => ({
      entrance: 'on' as const,
      entranceWebhookSenders: [`${new CfnEIP(stack, 'Relay').ref}/32`],
    });
    const stack = newStack(elsewhere);
    expect(faultsWith(addressIn(stack), stack).join()).toMatch(/^entranceWebhookSenders has an address from/);
    const other = newStack(elsewhere);
    const props = addressIn(newStack(elsewhere, other));
    expect(new RedrawTracker(other, 'Redraws', { bundles, ...props })).toBeDefined();
  });

  it('is refused as a phone number of another region, and accepted of another account, which can share it', () => {
    const messages = { patientMessages: 'sms', messageBrand: 'Example' } as const;
    const sender = (at: typeof here) => arn('sms-voice', 'phone-number/phone-1', at);
    const stack = newStack(here);
    expect(
      faultsWith({ ...messages, messageSmsSender: sender({ ...here, region: 'us-west-2' }) }, stack),
    ).toHaveLength(1);
    const shared = { ...messages, messageSmsSender: sender({ ...here, account: '444455556666' }) };
    expect(new RedrawTracker(newStack(here), 'Redraws', { bundles, ...shared })).toBeDefined();
  });

  it('is refused as the data of a stack in another region', () => {
    const stack = newStack(here);
    const data = new RedrawTrackerData(newStack({ ...here, region: 'us-west-2' }, stack), 'D', {
      bundles,
    });
    expect(faultsOf(() => new RedrawTracker(stack, 'Redraws', { data }))).toEqual([
      'data is in the region us-west-2, and the stack Stack-0 is in us-east-1. They must be in the same region.',
    ]);
  });

  it.each(['cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'eusc-de-east-1'])(
    'is refused in %s, with a sentence',
    (region) => {
      expect(faultsWith({}, newStack({ region }))).toEqual([
        `The stack Stack-0 is in ${region}. redraw-tracker can be deployed only to the commercial regions of AWS.`,
      ]);
    },
  );
});
