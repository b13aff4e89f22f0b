import { randomBytes, randomUUID } from 'node:crypto';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { TEAM_WEBHOOK_PATH, WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { valuesByTeam } from '../../core/junction/per-team.ts';
import { signer } from '../../tools/sandbox/webhooks/webhook-sender.ts';
import { type Deployment, isLocalUrl } from '../deployment/deployment.ts';
import { type Check, type Finding, failed, notSetUp, passed, skipped } from './check.ts';

/**
 * The type of the test event. Junction never sends it and nothing tracks it, so the endpoint verifies its signature,
 * answers `ignored` and stores nothing.
 */
export const VERIFICATION_EVENT = 'redraw_tracker.verification';

const STORE_SECRET =
  'Store the endpoint’s signing secret from Junction’s dashboard (docs/deploy.md, "Connecting Junction").';

const noSecret = notSetUp('The secret does not contain a whsec_… value yet.', STORE_SECRET);

/** Shows that the endpoint runs, even if it cannot check a signature yet. */
const UNKNOWN_SECRET = `whsec_${randomBytes(32).toString('base64')}`;

/** Sends a signed event to the webhook's address. */
export const webhookCheck: Check = {
  name: 'webhook',
  permissions: ['secretsmanager:GetSecretValue', 'kms:Decrypt'],
  async look(deployment) {
    const secret = deployment.given.webhookSecret ?? (await storedSecret(deployment));
    const teams = [...valuesByTeam(secret)];
    if (teams.length === 0) return checkEndpoint(deployment, secret, webhookUrl(deployment, null));
    for (const [team, own] of teams) {
      const finding = await checkEndpoint(deployment, own, webhookUrl(deployment, team));
      if (finding.state !== 'passed') return finding;
    }
    return passed(`A signed test event of each of the ${teams.length} teams was verified and ignored.`);
  },
};

/** Sends a signed event to one endpoint. */
async function checkEndpoint(deployment: Deployment, secret: string, url: string): Promise<Finding> {
  const [current = ''] = secret.split(',').map((one) => one.trim());
  const isStored = current.startsWith('whsec_');
  const body = JSON.stringify({ event_type: VERIFICATION_EVENT, data: {} });
  const signature = signer({ secret: isStored ? current : UNKNOWN_SECRET })({
    svixId: `msg_verify_${randomUUID()}`,
    body,
  });
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...signature },
    body,
  });
  const text = await response.text();
  if (deployment.hasEntrance && response.status === 403 && BLOCKED.test(text)) {
    const finding = await throughEntrance(deployment);
    return isStored || finding.state === 'failed' ? finding : noSecret;
  }
  // What the endpoint answers until a secret is stored.
  if (!isStored && response.status === 503) return noSecret;
  return judged(url, response.status, text);
}

/**
 * The page of CloudFront for what a web ACL blocks. API Gateway, which would refuse a wrong origin secret, answers with JSON.
 * https://repost.aws/knowledge-center/cloudfront-error-request-blocked
 */
const BLOCKED = /<html.*Request blocked/is;

/** Whether the entrance lets in what the web ACL allows from everywhere, and needs the origin secret as the webhook does. */
async function throughEntrance({ url }: Deployment): Promise<Finding> {
  const page = `${url}/openapi.json`;
  const { status } = await fetch(page);
  if (status === 200) {
    return skipped(
      'The web ACL refused this machine, which is not in entranceWebhookSenders, as it must. The API accepts what passes the entrance. To test the endpoint, send a test event from Junction’s dashboard.',
    );
  }
  return failed(
    `${page} returned ${status}. It must be 200.`,
    'The API does not accept what passes the entrance. Check the origin secret (docs/operations/entrance.md, "Changing the secret").',
  );
}

async function storedSecret({ clients, outputs }: Deployment): Promise<string> {
  const { SecretString = '' } = await clients.secrets.send(
    new GetSecretValueCommand({ SecretId: outputs.WebhookSecretArn }),
  );
  return SecretString;
}

/** The address that Junction calls. It can differ from that of the API, but not on this machine, where nobody knows its name. */
function webhookUrl({ url, outputs }: Deployment, team: string | null): string {
  const path = team === null ? WEBHOOK_PATH : TEAM_WEBHOOK_PATH;
  const pattern = isLocalUrl(url) || !outputs.WebhookUrl ? url + path : outputs.WebhookUrl;
  return pattern.replace('{team_id}', team ?? '');
}

function judged(url: string, status: number, text: string): Finding {
  if (status === 200 && outcomeIn(text) === 'ignored') {
    return passed('A signed test event was verified and ignored.');
  }
  return failed(`${url} returned ${status}: ${text.slice(0, 200)}`, REMEDIES[status] ?? OTHERWISE);
}

function outcomeIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { outcome?: unknown }).outcome;
  } catch {
    return undefined;
  }
}

const REMEDIES: Readonly<Record<number, string>> = {
  400: 'Check the clock of this machine: a signature is valid for five minutes.',
  401: 'The secret that you provided differs from the one in Secrets Manager, or a new secret was stored less than five minutes ago.',
  403: 'Something in front of the endpoint blocks this machine, for example a web ACL, a firewall or a list of allowed senders.',
  404: 'The URL has no webhook route. Compare it with the output WebhookUrl, and deploy again.',
  429: 'The route is throttled. Try again. If the problem persists, see webhookRequestsPerSecond in docs/deploy.md.',
  503: `${STORE_SECRET} If it is stored, the log of the webhook function names the error (docs/operations/runbook.md, "Webhook failures").`,
};

const OTHERWISE = 'Check the log of the webhook function (docs/operations/runbook.md, "Webhook errors").';
