import { ACCOUNT, REGION } from '../template/intrinsics.ts';
import { attributeOf, refOf } from '../template/resource-names.ts';
import type { AccessRequest } from './policies.ts';

type Input = Readonly<Record<string, unknown>>;
type Asking = (input: Input) => AccessRequest[];

const ownArn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const isArn = (text: string) => text.startsWith('arn:');

/** The access that each operation of the other services needs, by its name in the protocol. */
const operations: Readonly<Record<string, Asking>> = {
  'secretsmanager.GetSecretValue': ({ SecretId }) => {
    const id = String(SecretId);
    const resource = isArn(id) ? id : (refOf('AWS::SecretsManager::Secret', id) ?? id);
    return [{ action: 'secretsmanager:GetSecretValue', resource }];
  },
  'AWSEvents.PutEvents': ({ Entries }) =>
    (Array.isArray(Entries) ? (Entries as Input[]) : []).map(({ EventBusName }) => {
      const bus = String(EventBusName);
      const resource = isArn(bus) ? bus : (attributeOf('AWS::Events::EventBus', bus, 'Arn') ?? bus);
      return { action: 'events:PutEvents', resource };
    }),
  'Logs_20140328.PutLogEvents': ({ logGroupName, logStreamName }) => {
    const group = attributeOf('AWS::Logs::LogGroup', String(logGroupName), 'Arn') ?? '';
    const resource = group.replace(/\*$/, `log-stream:${logStreamName}`);
    return [{ action: 'logs:PutLogEvents', resource }];
  },
  'GraniteServiceVersion20100801.GetMetricData': () => [
    { action: 'cloudwatch:GetMetricData', resource: '*' },
  ],
  // Without names, CloudWatch requires permission on all alarms of the region.
  // https://github.com/mattclay/aws-terminator/pull/63
  'GraniteServiceVersion20100801.DescribeAlarms': () => [
    { action: 'cloudwatch:DescribeAlarms', resource: ownArn('cloudwatch', 'alarm:*') },
  ],
  'AWSCognitoIdentityProviderService.ListUsersInGroup': ({ UserPoolId }) => [
    { action: 'cognito-idp:ListUsersInGroup', resource: ownArn('cognito-idp', `userpool/${UserPoolId}`) },
  ],
  /** The identity can be the address or one of its domains. The local run takes the address. */
  'SESv2.SendEmail': ({ FromEmailAddress, ConfigurationSetName }) => {
    const [address = ''] = String(FromEmailAddress).match(/(?<![^<>\s@])[^<>\s@]+@[^<>\s@]+/) ?? [];
    const context = { 'ses:FromAddress': [address] };
    return [`identity/${address}`, `configuration-set/${ConfigurationSetName}`].map((resource) => ({
      action: 'ses:SendEmail',
      resource: ownArn('ses', resource),
      context,
    }));
  },
  'PinpointSMSVoiceV2.SendTextMessage': ({ OriginationIdentity }) => {
    const id = String(OriginationIdentity);
    const kind = id.startsWith('pool-') ? 'pool' : 'phone-number';
    const resource = isArn(id) ? id : ownArn('sms-voice', `${kind}/${id}`);
    return [{ action: 'sms-voice:SendTextMessage', resource }];
  },
  GetTopicAttributes: ({ TopicArn }) => [{ action: 'sns:GetTopicAttributes', resource: String(TopicArn) }],
  Publish: ({ TopicArn }) => [{ action: 'sns:Publish', resource: String(TopicArn) }],
};

/** The access that a request to a service needs. An unknown operation needs the action of the same name. */
export function serviceRequests(operation: string, input: Input): AccessRequest[] {
  return operations[operation]?.(input) ?? [{ action: operation.replace('.', ':'), resource: '*' }];
}

const objectActions: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/** @param account that the bucket belongs to */
export function objectRequests(
  method: string,
  bucket: string,
  key: string,
  account: string,
): AccessRequest[] {
  const context = { 's3:ResourceAccount': [account] };
  const resource = `arn:aws:s3:::${bucket}`;
  if (key === '') return [{ action: 's3:ListBucket', resource, context }];
  return [{ action: objectActions[method] ?? `s3:${method}`, resource: `${resource}/${key}`, context }];
}
