import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { TRACKED_EVENTS } from '../../core/junction/webhook-kind.ts';
import { Problem } from '../../lib/problems/problem.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { waitFor } from '../verify/check.ts';
import { webhookCheck } from '../verify/webhook.ts';
import type { JunctionEndpoint, ManagementApi } from './management-api.ts';
import type { Person } from './person.ts';
import { isKey, isSigningSecret, storedSecret, storeSecret } from './stored-secrets.ts';

export interface Connecting {
  readonly deployment: Deployment;
  /** Null if the plan does not have it. */
  readonly management: ManagementApi | null;
  /** Null without a terminal. */
  readonly person: Person | null;
  readonly junctionUrl: string;
  /** What the environment holds. */
  readonly given: { readonly apiKey?: string | undefined; readonly webhookSecret?: string | undefined };
  /** Whether the team may have an endpoint of another deployment beside this one. */
  readonly beside: boolean;
  /** What a new key is called at Junction. */
  readonly label: string;
  readonly say: (line: string) => void;
}

export interface Connected {
  readonly endpoint: { readonly url: string; readonly state: 'created' | 'unchanged' | 'by_hand' };
  readonly signing_secret: 'stored' | 'unchanged';
  readonly api_key: 'stored' | 'unchanged';
}

/**
 * Connects a deployment to a team at Junction. What is there already stays, and is only compared. Each step is verified before the
 * next one. A second run changes nothing.
 *
 * @throws Problem with one sentence about what is wrong
 */
export async function connect(connecting: Connecting): Promise<Connected> {
  const { deployment, management, person } = connecting;
  const url = urlOf(deployment);
  const api_key = await apiKey(connecting);
  const endpoint = management
    ? await managedEndpoint(connecting, management, url)
    : { url, state: 'by_hand' as const };
  if (
    !management &&
    !person &&
    connecting.given.webhookSecret === undefined &&
    !(await signingSecret(deployment))
  )
    throw new Problem(NEEDS_TERMINAL);
  if (!management && person && !(await signingSecret(deployment))) await person.done(byHand(url));
  const signing_secret = await endpointSecret(connecting, management, endpoint);
  await verifySecret(deployment);
  return { endpoint: { url, state: endpoint.state }, signing_secret, api_key };
}

const NEEDS_TERMINAL =
  'There is no terminal to ask at: set JUNCTION_MANAGEMENT_KEY, or JUNCTION_API_KEY and JUNCTION_WEBHOOK_SECRET.';

function urlOf({ isLocal, url, outputs }: Deployment): string {
  return isLocal || !outputs.WebhookUrl ? url + WEBHOOK_PATH : outputs.WebhookUrl;
}

const byHand = (url: string) =>
  `In Junction's dashboard, under webhooks, add an endpoint:\n  URL     ${url}\n  events  ${TRACKED_EVENTS.join(', ')}\nThen copy its signing secret (whsec_…).`;

/** A key is tried before it is stored. */
async function apiKey(connecting: Connecting): Promise<Connected['api_key']> {
  const { deployment, management, person, given, junctionUrl, label, say } = connecting;
  const id = needed(deployment, 'JunctionApiKeyArn');
  const stored = await storedSecret(deployment, id, isKey);
  if (stored !== null && given.apiKey !== undefined && given.apiKey !== stored)
    throw new Problem(
      'Another API key is stored than the one in JUNCTION_API_KEY. docs/deploy.md says how to change it.',
    );
  const key =
    stored ??
    given.apiKey ??
    (await (management
      ? management.createKey(label)
      : person?.secret("Key for Junction's API of this team")));
  if (!key) throw new Problem(NEEDS_TERMINAL);
  const { status } = await fetch(`${junctionUrl}/v3/orders?size=1`, { headers: { 'x-vital-api-key': key } });
  if (status !== 200)
    throw new Problem(
      `Junction refused the API key at ${junctionUrl} with ${status}. Check the key, its environment, and junctionBaseUrl.`,
    );
  if (stored !== null) return 'unchanged';
  await storeSecret(deployment, id, key);
  say('The API key works, and is stored.');
  return 'stored';
}

/** The endpoint with the address of this deployment, which is created if there is none. */
async function managedEndpoint(
  { beside, say }: Connecting,
  management: ManagementApi,
  url: string,
): Promise<JunctionEndpoint & { readonly state: 'created' | 'unchanged' }> {
  const all = await management.endpoints();
  const found = all.find((one) => isSameUrl(one.url, url));
  if (found) {
    const fault = faultOf(found);
    if (fault)
      throw new Problem(
        `The endpoint at Junction ${fault}. Change it in Junction's dashboard: nothing was changed.`,
      );
    return { ...found, state: 'unchanged' };
  }
  const other = all.find((one) => new URL(one.url).pathname.includes(WEBHOOK_PATH));
  if (other && !beside)
    throw new Problem(
      `The team has an endpoint at ${other.url}, and this deployment is at ${url}. To have both, add --beside.`,
    );
  const created = await management.create(url, TRACKED_EVENTS);
  say(`Created an endpoint at Junction for ${url}.`);
  return { ...created, state: 'created' };
}

const isSameUrl = (one: string, other: string) => one.replace(/\/$/, '') === other.replace(/\/$/, '');

function faultOf({ disabled, filter_types }: JunctionEndpoint): string | null {
  if (disabled) return 'is disabled';
  const lacking = TRACKED_EVENTS.filter((type) => filter_types?.length && !filter_types.includes(type));
  return lacking.length > 0 ? `does not get ${lacking.join(', ')}` : null;
}

const signingSecret = (deployment: Deployment) =>
  storedSecret(deployment, needed(deployment, 'WebhookSecretArn'), isSigningSecret);

async function endpointSecret(
  { deployment, person, given, say }: Connecting,
  management: ManagementApi | null,
  endpoint: Pick<JunctionEndpoint, 'url'> & Partial<JunctionEndpoint>,
): Promise<Connected['signing_secret']> {
  const stored = await signingSecret(deployment);
  const known =
    management && endpoint.id !== undefined
      ? await management.secretOf(endpoint as JunctionEndpoint)
      : given.webhookSecret;
  if (stored !== null && (known === undefined || known === stored)) return 'unchanged';
  if (stored !== null)
    throw new Problem(
      'The stored signing secret is not the one of the endpoint. docs/deploy.md says how to change it: nothing was changed.',
    );
  const secret = known ?? (await person?.secret('Signing secret of the endpoint'));
  if (!secret) throw new Problem(NEEDS_TERMINAL);
  if (!isSigningSecret(secret))
    throw new Problem(
      'That is no signing secret (whsec_ and base64 of at least 24 bytes): nothing was stored.',
    );
  await storeSecret(deployment, needed(deployment, 'WebhookSecretArn'), secret);
  say('The signing secret is stored.');
  return 'stored';
}

/** A function that found no secret looks again after 30 s. */
async function verifySecret(deployment: Deployment): Promise<void> {
  const finding = await waitFor(
    async () => {
      const found = await webhookCheck.look(deployment);
      return found.state === 'passed' || found.state === 'skipped' ? found : undefined;
    },
    { milliseconds: deployment.patience, every: 2_000 },
  );
  if (finding) return;
  const { detail } = await webhookCheck.look(deployment);
  throw new Problem(`Everything is stored, but the endpoint does not accept a signed event yet: ${detail}`);
}

function needed({ outputs }: Deployment, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Problem(`The stack has no output ${name}. Deploy this version first.`);
  return value;
}
