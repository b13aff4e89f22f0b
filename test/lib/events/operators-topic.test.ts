import { describe, expect, it } from 'vitest';
import { customSettings, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();

describe('the operators’ topic', () => {
  it('accepts alarms of this account over TLS, and its key allows them', () => {
    const [, allow] = stack.only('AWS::SNS::TopicPolicy').Properties.PolicyDocument.Statement;
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    expect(allow).toMatchObject({ Effect: 'Allow', Principal: cloudWatch, Condition: ofThisAccount });
    const keyId = stack.only('AWS::SNS::Topic').Properties.KmsMasterKeyId['Fn::GetAtt'][0];
    const statements = stack.ofType('AWS::KMS::Key')[keyId]?.Properties.KeyPolicy.Statement;
    const letsIn = statements.find(({ Principal }: { Principal: { Service?: string | string[] } }) =>
      [Principal.Service].flat().includes(cloudWatch.Service),
    );
    expect(letsIn).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: ofThisAccount,
    });
  });

  it('has the configured address as a subscriber, or none', () => {
    synthesize(customSettings).template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'lab-ops@example.com',
    });
    stack.template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
