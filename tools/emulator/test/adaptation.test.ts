import { describe, expect, test } from 'vitest';
import { Adaptation } from '../assembly/adapt-assembly.ts';
import { LACKING } from '../lacking.ts';

const emulator = { port: 4566, startedAt: '2026-11-25T14:00:00Z' };

function adapt(template: object) {
  const adaptation = new Adaptation(LACKING, emulator);
  const adapted = JSON.parse(adaptation.template(JSON.stringify(template)));
  return { adapted, used: [...adaptation.used].map(({ name }) => name) };
}

test('a template that the emulator can deploy is not changed', () => {
  const template = {
    Resources: {
      Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' }, DependsOn: ['Topic'] },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'AWS::StackName' } } },
    },
  };
  expect(adapt(template)).toEqual({ adapted: template, used: [] });
});

test('a resource of an unknown type is left out, and its name stands where others refer to it', () => {
  const { adapted, used } = adapt({
    Resources: {
      Set: { Type: 'AWS::SMSVOICE::ConfigurationSet', Properties: {} },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Environment: { Variables: { SET: { Ref: 'Set' }, ARN: { 'Fn::GetAtt': ['Set', 'Arn'] } } },
        },
        DependsOn: ['Set', 'Role'],
      },
    },
  });
  expect(adapted.Resources).toEqual({
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { SET: 'Set', ARN: 'Set.Arn' } } },
      DependsOn: ['Role'],
    },
  });
  expect(used).toEqual(['AWS::SMSVOICE::ConfigurationSet']);
});

test('only alarms with metric math are left out', () => {
  const simple = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } };
  const math = { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [] } };
  expect(adapt({ Resources: { simple, math } }).adapted).toEqual({ Resources: { simple } });
});

test('a secret is referred to by its ARN, and nothing else is', () => {
  const { adapted } = adapt({
    Resources: { Secret: { Type: 'AWS::SecretsManager::Secret' }, Key: { Type: 'AWS::KMS::Key' } },
    Outputs: { Secret: { Value: { Ref: 'Secret' } }, Key: { Value: { Ref: 'Key' } } },
  });
  expect(adapted.Outputs).toEqual({
    Secret: { Value: { 'Fn::GetAtt': ['Secret', 'Id'] } },
    Key: { Value: { Ref: 'Key' } },
  });
});

test('of a policy, only what demands TLS is taken out', () => {
  const allow = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Condition: { Bool: { 'aws:SecureTransport': 'true' } },
  };
  const deny = {
    Effect: 'Deny',
    Action: 's3:*',
    Condition: { StringNotEquals: { 'aws:SourceAccount': '1' } },
  };
  const plain = { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const policy = (...Statement: object[]) => ({
    Resources: { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement } } } },
  });
  expect(adapt(policy(allow, deny, plain)).adapted).toEqual(policy(allow, deny));
});

test('a schedule gets the time of the start, and a log stream its log group', () => {
  const arn = (...parts: unknown[]) => ({ 'Fn::Join': ['', ['arn:aws:logs:us-east-1:', ...parts]] });
  const { adapted } = adapt({
    Resources: {
      Sweep: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { Target: { Arn: 'a', Input: '{"time":"<aws.scheduler.scheduled-time>"}' } },
      },
      Policy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { Resource: arn('group', ':log-stream:', 'one') },
      },
    },
  });
  expect(adapted.Resources.Sweep.Properties.Target).toEqual({
    Arn: 'a',
    Input: '{"time":"2026-11-25T14:00:00Z"}',
  });
  expect(adapted.Resources.Policy.Properties.Resource).toEqual(arn('group'));
});

test('CloudFront reaches the API through the emulator, and its other origins as before', () => {
  const bucket = { Id: 'files', DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } };
  const api = {
    Id: 'api',
    DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.us-east-1.', { Ref: 'AWS::URLSuffix' }]] },
    CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
  };
  const { adapted } = adapt({ Resources: {}, Outputs: { Origins: [bucket, api] } });
  expect(adapted.Outputs.Origins).toEqual([
    bucket,
    {
      Id: 'api',
      DomainName: 'localhost',
      OriginPath: { 'Fn::Join': ['', ['/_aws/execute-api/', { Ref: 'Api' }, '/$default']] },
      CustomOriginConfig: { HTTPPort: 4566, OriginProtocolPolicy: 'http-only' },
    },
  ]);
});

describe('the list', () => {
  test('has each thing once, with words', () => {
    expect(new Set(LACKING.map(({ name }) => name)).size).toBe(LACKING.length);
    for (const { words } of LACKING) expect(words.length).toBeGreaterThan(10);
  });

  test('changes the code that copies the page, and no other code', () => {
    const adaptation = new Adaptation(LACKING, emulator);
    const aws =
      'def aws_command(*args):\n    aws="/opt/awscli/aws"\n    subprocess.check_call([aws] + list(args))\n';
    expect(adaptation.code(aws)).not.toContain('/opt/');
    expect([...adaptation.used].map(({ name }) => name)).toEqual([
      'Layers at /opt',
      'Children of functions that print',
    ]);
    expect(adaptation.code('print(1)')).toBe('print(1)');
  });
});
