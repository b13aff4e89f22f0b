import { describe, expect, it } from 'vitest';
import { customSettings, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();

describe('the topics of operators and of critical results', () => {
  it.each([0, 1])('accept alarms of this account over TLS, and their key allows them: topic %i', (place) => {
    const [topic] = Object.values(stack.ofType('AWS::SNS::Topic')).slice(place);
    const [policy] = Object.values(stack.ofType('AWS::SNS::TopicPolicy')).slice(place);
    const [, allow] = policy?.Properties.PolicyDocument.Statement ?? [];
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    expect(allow).toMatchObject({ Effect: 'Allow', Principal: cloudWatch, Condition: ofThisAccount });
    const keyId = topic?.Properties.KmsMasterKeyId['Fn::GetAtt'][0];
    const statements = stack.ofType('AWS::KMS::Key')[keyId]?.Properties.KeyPolicy.Statement;
    const letsIn = statements.find(({ Principal }: { Principal: { Service?: string | string[] } }) =>
      [Principal.Service].flat().includes(cloudWatch.Service),
    );
    expect(letsIn).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: ofThisAccount,
    });
  });

  it('have the configured address as a subscriber, or none', () => {
    synthesize(customSettings).template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'lab-ops@example.com',
      // The test of a verification is no mail to anybody.
      FilterPolicy: { test: [{ exists: false }] },
    });
    stack.template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
