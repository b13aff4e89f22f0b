/** Verifies a deployment, or a local stack. docs/deploy.md describes when and how. */
import * as z from 'zod';
import manifest from '../cdk.json' with { type: 'json' };
import { parseDuration } from '../core/domain/duration.ts';
import { type Configuration, metricsNamespace, serviceName } from '../lib/configuration/configuration.ts';
import { readDeployment } from '../lib/configuration/deployment.ts';
import { channelsOf } from '../lib/configuration/message-channels.ts';
import { Problem } from '../local/problem.ts';
import { runCommand } from '../operations/command.ts';
import { keyValue } from '../operations/key-value.ts';
import { runCheck } from '../operations/verify/check.ts';
import { checks } from '../operations/verify/checks.ts';
import { type Deployment, isLocalUrl, openClients, readOutputs } from '../operations/verify/deployment.ts';

const USAGE = `npm run verify -- [--url <ApiUrl>] [--stack <name>]… [--skip <check>]… [-c redraw-tracker:<key>=<value>]…
  --url    the API; by default the output ApiUrl of the stack. http://127.0.0.1:8787 is a local stack (npm start)
  --stack  by default redraw-tracker-<stage>, by the configuration in cdk.json and -c
  --skip   a check to leave out: ${checks.map(({ name }) => name).join(', ')}
Environment: WEBHOOK_SECRET instead of the one in Secrets Manager, TOKEN instead of a new one, or CLIENT_ID and CLIENT_SECRET.
It exits with 1 if a check fails, and with 2 if it cannot begin.`;

const optionsSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: '--url must be an http or https URL.' }).optional(),
  stack: z.array(z.string()).optional(),
  skip: z
    .array(
      z.enum(
        checks.map(({ name }) => name),
        '--skip must name a check.',
      ),
    )
    .default([]),
  context: z.array(keyValue).default([]),
});

type Options = z.output<typeof optionsSchema>;

const MARKS = { passed: 'ok    ', skipped: '-     ', failed: 'FAILED' } as const;

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: {
      url: { type: 'string' },
      stack: { type: 'string', multiple: true },
      skip: { type: 'string', multiple: true },
      context: { type: 'string', short: 'c', multiple: true },
    },
    schema: optionsSchema,
    broken: 2,
  },
  async (options) => {
    const deployment = await open(options);
    console.log(`Verifying ${deployment.url}`);
    return (await verify(deployment, options.skip)) ? 0 : 1;
  },
);

/** @returns whether no check failed */
async function verify(deployment: Deployment, skip: readonly string[]): Promise<boolean> {
  let succeeded = true;
  for (const check of checks.filter(({ name }) => !skip.includes(name))) {
    const finding = await runCheck(check, deployment);
    console.log(`${MARKS[finding.state]}  ${check.name.padEnd(12)}  ${finding.detail}`);
    if (finding.state !== 'failed') continue;
    succeeded = false;
    console.log(`${' '.repeat(22)}→ ${finding.remedy}`);
  }
  console.log(succeeded ? 'The deployment works.' : 'The deployment does not work yet.');
  return succeeded;
}

async function open({ url, stack, context }: Options): Promise<Deployment> {
  const { configuration, env } = readDeployment({ ...manifest.context, ...Object.fromEntries(context) });
  if (env.region !== undefined) process.env.AWS_REGION = env.region;
  const isLocal = url !== undefined && isLocalUrl(url);
  const clients = openClients(isLocal ? url : undefined);
  const outputs = await readOutputs(clients, stack ?? [serviceName(configuration)]).catch(
    (error: unknown) => {
      const refused = error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
      throw isLocal && refused
        ? new Problem(`Nothing answers at ${url}. Run npm start in another terminal.`)
        : error;
    },
  );
  const { WEBHOOK_SECRET, TOKEN, CLIENT_ID, CLIENT_SECRET } = process.env;
  const base = url ?? outputs.ApiUrl;
  if (base === undefined) throw new Problem('The stack has no output ApiUrl. Give --url.');
  return {
    url: base.replace(/\/+$/, ''),
    isLocal,
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

function sendersOf(configuration: Configuration): Deployment['senders'] {
  const { messageEmailSender, messageSmsSender, ownerMailSender } = configuration;
  const channels = channelsOf(configuration);
  return {
    email: channels.includes('email') ? messageEmailSender : undefined,
    sms: channels.includes('sms') ? messageSmsSender : undefined,
    ownerMails: ownerMailSender,
  };
}
