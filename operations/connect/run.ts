import { serviceName } from '../../lib/configuration/configuration.ts';
import { readDeployment } from '../../lib/configuration/deployment.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { faultText } from '../command-line/faults.ts';
import { contextOf, type DeploymentOptions } from '../command-line/options.ts';
import { openDeployment } from '../deployment/open-deployment.ts';
import { connect } from './connect.ts';
import { type JunctionTeam, MANAGEMENT_URL, ManagementApi } from './management-api.ts';
import { type Person, personAtTerminal } from './person.ts';

export interface ConnectOptions {
  readonly org?: string;
  readonly team?: string;
  readonly beside?: boolean;
  readonly junctionUrl?: string;
  readonly managementUrl?: string;
  readonly json?: boolean;
}

/** @returns the exit code: 1 if something is wrong */
export async function runConnect(
  options: DeploymentOptions & ConnectOptions,
  person: Person | null = personAtTerminal(),
): Promise<number> {
  const { json = false } = options;
  try {
    const { configuration } = readDeployment(contextOf(options));
    const junctionUrl = (options.junctionUrl ?? configuration.junctionBaseUrl).replace(/(?<!\/)\/+$/, '');
    const management = await managementOf(options, junctionUrl, configuration.teamId, person);
    const { JUNCTION_API_KEY: apiKey, JUNCTION_WEBHOOK_SECRET: webhookSecret } = process.env;
    const connected = await connect({
      deployment: await openDeployment(options),
      management,
      person,
      junctionUrl,
      given: { apiKey: apiKey || undefined, webhookSecret: webhookSecret || undefined },
      beside: options.beside ?? false,
      label: serviceName(configuration),
      say: (line) => console.error(line),
    });
    if (json) console.log(JSON.stringify(connected));
    else
      console.log(`Connected: ${connected.endpoint.url} accepts what Junction signs, and the API key works.`);
    return 0;
  } catch (error) {
    const text = faultText(error);
    if (text === undefined) throw error;
    if (json) console.log(JSON.stringify({ error: text }));
    else console.error(text);
    return 1;
  }
}

async function managementOf(
  { org, team, managementUrl }: ConnectOptions,
  junctionUrl: string,
  teamId: string | undefined,
  person: Person | null,
): Promise<ManagementApi | null> {
  const key =
    process.env.JUNCTION_MANAGEMENT_KEY ||
    (org === undefined ? '' : await person?.secret('Management key (mg_…)'));
  if (!key) {
    if (org === undefined) return null;
    throw new Problem('Set JUNCTION_MANAGEMENT_KEY: --org is for the Management API.');
  }
  const named = team ?? teamId;
  if (org === undefined || named === undefined)
    throw new Problem(
      'The Management API needs --org and --team, which are in the address of the dashboard.',
    );
  return new ManagementApi(managementUrl ?? MANAGEMENT_URL, key, {
    org,
    team: named,
    ...placeOf(junctionUrl),
  });
}

/** https://docs.junction.com/home/environments names the hosts. */
function placeOf(junctionUrl: string): Pick<JunctionTeam, 'environment' | 'region'> {
  return {
    environment: /\bsandbox\b|127\.0\.0\.1|localhost/.test(junctionUrl) ? 'sandbox' : 'production',
    region: /\beu\b/.test(junctionUrl) ? 'eu' : 'us',
  };
}
