import { senderSettings } from '../../capabilities/messages/lib/settings/message-keys.ts';
import { ofEachChannel } from '../../capabilities/messages/rules/channels.ts';
import { parseDuration } from '../../core/domain/duration.ts';
import { type Configuration, metricsNamespace, serviceName } from '../../lib/configuration/configuration.ts';
import { readDeployment } from '../../lib/configuration/deployment.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { contextOf, type DeploymentOptions } from '../command-line/options.ts';
import { type Deployment, isLocalUrl, openClients, readOutputs } from './deployment.ts';

/** Which deployment a command is for. */
export interface DeploymentChoice extends DeploymentOptions {
  /** The stacks to look in; by default the one that the configuration names. */
  readonly stack?: readonly string[];
}

/**
 * Finds a deployment by its configuration and the outputs of its stack.
 *
 * @throws Problem if it cannot be reached or has no address
 */
export async function openDeployment({ url, stack, ...stage }: DeploymentChoice): Promise<Deployment> {
  const { configuration, env } = readDeployment(contextOf(stage));
  if (env.region !== undefined) process.env.AWS_REGION = env.region;
  const isLocal = isLocalStack(url, process.env.AWS_ENDPOINT_URL);
  const clients = openClients(url !== undefined && isLocal ? url : undefined);
  const stackNames = stack ?? [serviceName(configuration)];
  const outputs = await readOutputs(clients, stackNames).catch((error: unknown) => {
    // The only sign that CloudFormation gives.
    if (!(error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)))
      throw error;
    throw new Problem(
      `There is no stack ${stackNames.join(', ')} in this region and account. Check --stage, AWS_REGION and the credentials, or deploy it first (docs/deploy.md).`,
    );
  });
  const { WEBHOOK_SECRET, TOKEN, CLIENT_ID, CLIENT_SECRET } = process.env;
  const base = url ?? outputs.ApiUrl;
  if (base === undefined) throw new Problem('The stack has no output ApiUrl. Give --url.');
  return {
    url: base.replace(/(?<!\/)\/+$/, ''),
    isLocal,
    stackNames,
    hasEntrance: configuration.entrance === 'on',
    outputs,
    senders: sendersOf(configuration),
    metricsNamespace: metricsNamespace(configuration),
    sweepInterval: parseDuration(configuration.sweepEvery) ?? 0,
    patience: 60_000,
    given: {
      webhookSecret: WEBHOOK_SECRET,
      token: TOKEN,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
    },
    clients,
  };
}

/**
 * Whether an address is that of `npm start`.
 *
 * @param endpoint of AWS. With one, something else emulates AWS, and needs the same checks as AWS
 */
export function isLocalStack(url: string | undefined, endpoint: string | undefined): boolean {
  return url !== undefined && isLocalUrl(url) && !endpoint;
}

function sendersOf(configuration: Configuration): Deployment['senders'] {
  const { patientMessages: channels, ownerMailSender, signInEmailSender } = configuration;
  return {
    ...ofEachChannel((channel) =>
      channels.includes(channel) ? configuration[senderSettings[channel]] : undefined,
    ),
    ownerMails: ownerMailSender,
    signIn: signInEmailSender,
  };
}
