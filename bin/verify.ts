/** Verifies a deployment, or a local stack. docs/deploy.md describes when and how. */
import * as z from 'zod';
import { runCommand } from '../operations/command.ts';
import { keyValue } from '../operations/key-value.ts';
import { checks } from '../operations/verify/checks.ts';
import { openDeployment } from '../operations/verify/open-deployment.ts';
import { verify } from '../operations/verify/verify.ts';

const USAGE = `npm run verify -- [--url <ApiUrl>] [--stack <name>]… [--skip <check>]… [--set-up-later] [-c redraw-tracker:<key>=<value>]…
  --url    the API; by default the output ApiUrl of the stack. For a local stack (npm start), use http://127.0.0.1:8787
  --stack  by default redraw-tracker-<stage>, according to cdk.json and -c
  --skip   a check to leave out: ${checks.map(({ name }) => name).join(', ')}
  --set-up-later  do not fail because of what is not set up yet (SET UP), for example the signing secret
Environment: WEBHOOK_SECRET instead of the secret in Secrets Manager; TOKEN, or CLIENT_ID and CLIENT_SECRET, instead of a new token.
Exits with 1 if a check fails, and with 2 if it cannot start.`;

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
  'set-up-later': z.boolean().default(false),
  context: z.array(keyValue).default([]),
});

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: {
      url: { type: 'string' },
      stack: { type: 'string', multiple: true },
      skip: { type: 'string', multiple: true },
      'set-up-later': { type: 'boolean' },
      context: { type: 'string', short: 'c', multiple: true },
    },
    schema: optionsSchema,
    broken: 2,
  },
  async (options) => {
    const deployment = await openDeployment(options);
    console.log(`Verifying ${deployment.url}`);
    const { skip, 'set-up-later': setUpLater } = options;
    return (await verify(deployment, { skip, setUpLater })) ? 0 : 1;
  },
);
