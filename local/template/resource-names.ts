import { ACCOUNT, REGION } from './intrinsics.ts';

/** What a resource answers to Ref and Fn::GetAtt here. `name` is its physical name. */
interface Names {
  ref: (name: string) => string;
  attributes?: Record<string, (name: string) => string>;
}

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const itself = (name: string) => name;
const named = (arnOf: (name: string) => string): Names => ({ ref: itself, attributes: { Arn: arnOf } });

const tableArn = (name: string) => arn('dynamodb', `table/${name}`);
const table: Names = {
  ref: itself,
  // The label of the real stream is not known before the table exists: who reads the stream asks the table.
  attributes: { Arn: tableArn, StreamArn: (name) => `${tableArn(name)}/stream/local` },
};

/** Where the addresses of queues begin. */
export const QUEUE_ORIGIN = `https://sqs.${REGION}.amazonaws.com`;

const queueUrl = (name: string) => `${QUEUE_ORIGIN}/${ACCOUNT}/${name}`;
const secretArn = (name: string) => arn('secretsmanager', `secret:${name}-local0`);
const topicArn = (name: string) => arn('sns', name);
const userPoolId = (name: string) => `${REGION}_${name}`;
const functionArn = (name: string) => arn('lambda', `function:${name}`);
const bucketDomain = (name: string) => `${name}.s3.amazonaws.com`;

/** The client of the local token endpoint that is a program: the template's one without a name. */
export const LOCAL_CLIENT_ID = 'local';

/** Clients that the template names go by their names. */
const clientId = (name: string) => (/^[A-Z]/.test(name) ? LOCAL_CLIENT_ID : name);

const namesByType: Record<string, Names> = {
  'AWS::ApiGatewayV2::Api': {
    ref: itself,
    attributes: {
      ApiId: itself,
      ApiEndpoint: (name) => `https://${name}.execute-api.${REGION}.amazonaws.com`,
    },
  },
  'AWS::ApiGatewayV2::Authorizer': { ref: itself, attributes: { AuthorizerId: itself } },
  'AWS::ApiGatewayV2::Integration': { ref: itself },
  'AWS::CloudFront::Distribution': {
    ref: itself,
    attributes: { Id: itself, DomainName: (name) => `${name.toLowerCase()}.cloudfront.net` },
  },
  'AWS::CloudFront::Function': {
    ref: (name) => arn('cloudfront', `function/${name}`),
    attributes: { FunctionARN: (name) => arn('cloudfront', `function/${name}`) },
  },
  'AWS::CloudFront::OriginAccessControl': { ref: itself, attributes: { Id: itself } },
  'AWS::CloudFront::ResponseHeadersPolicy': { ref: itself },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: {
      Arn: (name) => arn('cognito-idp', `userpool/${userPoolId(name)}`),
      UserPoolId: userPoolId,
      ProviderName: (name) => `cognito-idp.${REGION}.amazonaws.com/${userPoolId(name)}`,
      ProviderURL: (name) => `https://cognito-idp.${REGION}.amazonaws.com/${userPoolId(name)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: clientId,
    attributes: { ClientId: clientId },
  },
  'AWS::Cognito::UserPoolDomain': { ref: itself },
  'AWS::Cognito::UserPoolResourceServer': { ref: itself },
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::EventBus': {
    ref: itself,
    attributes: { Name: itself, Arn: (name) => arn('events', `event-bus/${name}`) },
  },
  'AWS::Events::Rule': named((name) => arn('events', `rule/${name}`)),
  'AWS::IAM::Role': named((name) => `arn:aws:iam::${ACCOUNT}:role/${name}`),
  'AWS::KMS::Key': { ref: itself, attributes: { Arn: (name) => arn('kms', `key/${name}`), KeyId: itself } },
  'AWS::Lambda::Alias': { ref: functionArn, attributes: { AliasArn: functionArn } },
  'AWS::Lambda::Function': named(functionArn),
  'AWS::Lambda::Version': { ref: functionArn, attributes: { FunctionArn: functionArn } },
  'AWS::Logs::LogGroup': named((name) => arn('logs', `log-group:${name}:*`)),
  'AWS::S3::Bucket': {
    ref: itself,
    attributes: {
      Arn: (name) => `arn:aws:s3:::${name}`,
      DomainName: bucketDomain,
      RegionalDomainName: bucketDomain,
    },
  },
  'AWS::SNS::Topic': { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: itself } },
  'AWS::SQS::Queue': {
    ref: queueUrl,
    attributes: { Arn: (name) => arn('sqs', name), QueueName: itself, QueueUrl: queueUrl },
  },
  'AWS::Scheduler::Schedule': named((name) => arn('scheduler', `schedule/default/${name}`)),
  'AWS::Scheduler::ScheduleGroup': named((name) => arn('scheduler', `schedule-group/${name}`)),
  'AWS::SecretsManager::Secret': { ref: secretArn, attributes: { Id: secretArn } },
};

/** @returns undefined for a type that the local run does not know. */
export function refOf(type: string, physicalName: string): string | undefined {
  return namesByType[type]?.ref(physicalName);
}

export function attributeOf(type: string, physicalName: string, attribute: string): string | undefined {
  return namesByType[type]?.attributes?.[attribute]?.(physicalName);
}

/** The name within an ARN of the given kind: `nameIn('arn:aws:lambda:…:function:foo:live', 'function:')` is foo. */
export function nameIn(arnOrName: string, marker: string): string {
  const start = arnOrName.indexOf(marker);
  const rest = start < 0 ? arnOrName : arnOrName.slice(start + marker.length);
  return rest.split(/[:/]/)[0] ?? rest;
}
