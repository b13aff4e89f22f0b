/** The AWS SDK with clients that send nothing over a wire: a command reaches its service unchanged. */
import { PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { PublishCommand } from '@aws-sdk/client-sns';
import * as documents from '@aws-sdk/lib-dynamodb';
import { QUICK } from '../../../../core/aws/client-options.ts';
import { errorNamed } from './services.ts';
import { current, type Running } from './surroundings.ts';
import type { CommandRequest, Outcome, Service } from './wire.ts';

type Sending = (args: { input: object }) => Promise<{ output: unknown }>;
type Layer = (next: Sending) => Sending;

/** Errors that can be temporary: the SDK sends the request again, as it does without an answer. */
const MAY_PASS = /Throttling|ThroughputExceeded|InternalServerError|TimeoutError/;

function clientOf(service: Service) {
  return class {
    readonly #layers: Layer[] = [];
    readonly middlewareStack = { add: (layer: Layer) => this.#layers.push(layer) };

    async send(command: { input: object }): Promise<unknown> {
      const sending: Sending = async () => ({ output: await tried(current(), { service, command }) });
      const { output } = await this.#layers.reduceRight((next, layer) => layer(next), sending)(command);
      return output;
    }
  };
}

async function tried(running: Running, request: CommandRequest): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await answered(running, request);
    if ('output' in outcome) return outcome.output;
    if (attempt === QUICK.maxAttempts || !MAY_PASS.test(outcome.error.name)) throw outcome.error;
  }
}

/** The result of one attempt, including the lack of an answer in time. */
function answered(running: Running, request: CommandRequest): Promise<Outcome> {
  const { chance, invocation } = running;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const unanswered = () => resolve({ error: errorNamed('TimeoutError') });
  let isGiven = false;
  const timer = chance.after(invocation, QUICK.requestHandler.requestTimeout, () => {
    isGiven = true;
    unanswered();
  });
  void running
    .ask(request, () => isGiven)
    .then((fate) => {
      if (fate === 'silence') return;
      chance.callOff(timer);
      if (typeof fate === 'string') unanswered();
      else resolve(fate);
    });
  return promise;
}

/** Of packages that every cold start loads, only what the functions use. */
export const SDK_WITHOUT_CLIENTS: Readonly<Record<string, object>> = {
  '@aws-sdk/client-dynamodb': { ...dynamodb, DynamoDBClient: clientOf('dynamodb') },
  '@aws-sdk/lib-dynamodb': { ...documents, DynamoDBDocumentClient: { from: (client: object) => client } },
  '@aws-sdk/client-cloudwatch-logs': { PutLogEventsCommand, CloudWatchLogsClient: clientOf('logs') },
  '@aws-sdk/client-eventbridge': { PutEventsCommand, EventBridgeClient: clientOf('events') },
  '@aws-sdk/client-secrets-manager': {
    GetSecretValueCommand,
    ResourceNotFoundException,
    SecretsManagerClient: clientOf('secretsmanager'),
  },
  '@aws-sdk/client-sns': { PublishCommand, SNSClient: clientOf('sns') },
};
