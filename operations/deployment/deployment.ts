import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { localClientSettings } from '../../tools/local/database/client-settings.ts';

/** What the checks need to know of a deployment. */
export interface Deployment {
  /** Base URL of the API, without a slash at the end. */
  readonly url: string;
  /** `npm start` on this machine, which has no account. */
  readonly isLocal: boolean;
  /** The first one is that of the service. */
  readonly stackNames: readonly string[];
  /** Whether CloudFront and a web ACL are in front of the API. */
  readonly hasEntrance: boolean;
  /** The outputs of its stacks (docs/deploy.md). */
  readonly outputs: Readonly<Record<string, string>>;
  /** The senders of patient messages by channel, of the daily owner email and of the user pool; undefined for what is off. */
  readonly senders: {
    readonly email?: string | undefined;
    readonly sms?: string | undefined;
    readonly ownerMails?: string | undefined;
    readonly signIn?: string | undefined;
  };
  readonly metricsNamespace: string;
  /** From one sweep to the next, in milliseconds. */
  readonly sweepInterval: number;
  /** How long a check waits for eventually consistent results, in milliseconds. */
  readonly patience: number;
  /** What was given instead of being read from the account. */
  readonly given: Given;
  readonly clients: Clients;
}

export interface Given {
  /** `whsec_…` */
  readonly webhookSecret?: string | undefined;
  /** A bearer token with transactions/read. */
  readonly token?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export type Clients = ReturnType<typeof openClients>;

/** @param endpoint of a local stack; undefined for AWS, where the usual variables and files decide */
export function openClients(endpoint: string | undefined) {
  const settings = endpoint === undefined ? {} : localClientSettings(endpoint);
  return {
    cloudFormation: new CloudFormationClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    cognito: new CognitoIdentityProviderClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    eventBridge: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    smsVoice: new PinpointSMSVoiceV2Client(settings),
    ses: new SESv2Client(settings),
    secrets: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
  };
}

export function isLocalUrl(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/**
 * The merged outputs of the stacks.
 * @throws the error of CloudFormation, for example if a stack does not exist
 */
export async function readOutputs(
  { cloudFormation }: Pick<Clients, 'cloudFormation'>,
  stackNames: readonly string[],
): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const StackName of stackNames) {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    for (const { OutputKey, OutputValue } of Stacks.flatMap((stack) => stack.Outputs ?? [])) {
      if (OutputKey && OutputValue) outputs[OutputKey] = OutputValue;
    }
  }
  return outputs;
}
