import { ACCOUNT, REGION } from './intrinsics.ts';

/** The values of Ref and Fn::GetAtt for a resource type, limited to what the template uses. `name` is the physical name. */
interface Names {
  ref?: (name: string) => string;
  attributes?: Record<string, (name: string) => string>;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const itself = (name: string) => name;
const byArn = (arnOf: (name: string) => string): Names => ({ attributes: { Arn: arnOf } });
const named = (arnOf: (name: string) => string): Names => ({ ref: itself, ...byArn(arnOf) });

const tableArn = (name: string) => arn('dynamodb', `table/${name}`);
const secretArn = (name: string) => arn('secretsmanager', `secret:${name}-local0`);
const topicArn = (name: string) => arn('sns', name);
const userPoolId = (name: string) => `${REGION}_${name}`;
const functionArn = (name: string) => arn('lambda', `function:${name}`);

const namesByType: Record<string, Names> = {
  'AWS::ApiGatewayV2::Api': {
    ref: itself,
    attributes: { ApiEndpoint: (name) => `https://${name}.execute-api.${REGION}.amazonaws.com` },
  },
  'AWS::ApiGatewayV2::Authorizer': { ref: itself },
  'AWS::ApiGatewayV2::Integration': { ref: itself },
  'AWS::CloudFront::Distribution': {
    ref: itself,
    attributes: { DomainName: (name) => `${name.toLowerCase()}.cloudfront.net` },
  },
  'AWS::CloudFront::Function': {
    attributes: { FunctionARN: (name) => arn('cloudfront', `function/${name}`) },
  },
  'AWS::CloudFront::OriginAccessControl': { attributes: { Id: itself } },
  'AWS::CloudFront::ResponseHeadersPolicy': { ref: itself },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: {
      Arn: (name) => arn('cognito-idp', `userpool/${userPoolId(name)}`),
      ProviderURL: (name) => `https://cognito-idp.${REGION}.amazonaws.com/${userPoolId(name)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': { ref: itself },
  'AWS::Cognito::UserPoolDomain': { ref: itself },
  'AWS::DynamoDB::Table': {
    ref: itself,
    // The label of the real stream is unknown before the table exists: readers of the stream ask the table for it.
    attributes: { Arn: tableArn, StreamArn: (name) => `${tableArn(name)}/stream/local` },
  },
  'AWS::Events::EventBus': {
    ref: itself,
    attributes: { Arn: (name) => arn('events', `event-bus/${name}`) },
  },
  'AWS::Events::Rule': byArn((name) => arn('events', `rule/${name}`)),
  'AWS::IAM::Role': named((name) => `arn:aws:iam::${ACCOUNT}:role/${name}`),
  'AWS::KMS::Key': byArn((name) => arn('kms', `key/${name}`)),
  'AWS::Lambda::EventSourceMapping': { ref: itself },
  'AWS::Lambda::Function': named(functionArn),
  'AWS::Logs::LogStream': { ref: itself },
  'AWS::Logs::LogGroup': named((name) => arn('logs', `log-group:${name}:*`)),
  'AWS::S3::Bucket': {
    ref: itself,
    attributes: {
      Arn: (name) => `arn:aws:s3:::${name}`,
      RegionalDomainName: (name) => `${name}.s3.amazonaws.com`,
    },
  },
  'AWS::SES::ConfigurationSet': { ref: itself },
  'AWS::SNS::Topic': { ref: topicArn, attributes: { TopicName: itself } },
  'AWS::SQS::Queue': {
    ref: (name) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`,
    attributes: { Arn: (name) => arn('sqs', name), QueueName: itself },
  },
  'AWS::Scheduler::ScheduleGroup': byArn((name) => arn('scheduler', `schedule-group/${name}`)),
  'AWS::SecretsManager::Secret': { ref: secretArn },
};

/** @returns undefined if the local run does not support the type. */
export function refOf(type: string, physicalName: string): string | undefined {
  return namesByType[type]?.ref?.(physicalName);
}

export function attributeOf(type: string, physicalName: string, attribute: string): string | undefined {
  return namesByType[type]?.attributes?.[attribute]?.(physicalName);
}

/** The name of a role in its ARN. */
export const roleIn = (arn: string) => nameIn(arn, ':role/');

/** The name in an ARN after the marker: `nameIn('arn:aws:lambda:…:function:foo:live', 'function:')` is foo. */
export function nameIn(arnOrName: string, marker: string): string {
  const start = arnOrName.indexOf(marker);
  const rest = start < 0 ? arnOrName : arnOrName.slice(start + marker.length);
  return rest.split(/[:/]/)[0] ?? rest;
}
