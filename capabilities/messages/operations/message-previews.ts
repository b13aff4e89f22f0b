/** Writes every message to patients into an HTML page. docs/patient-messages.md describes how to change the words. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import manifest from '../../../cdk.json' with { type: 'json' };
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import { readDeployment } from '../../../lib/configuration/deployment.ts';
import { runCommand } from '../../../operations/command.ts';
import { keyValue } from '../../../operations/key-value.ts';
import { Problem } from '../../../operations/problem.ts';
import { configuredMessages } from '../lib/templates/configured-messages.ts';
import { previewPage } from './preview-page.ts';

const USAGE = `npm run messages:preview -- [-c redraw-tracker:<key>=<value>]…
  -c  a setting of the deployment, for example redraw-tracker:messageTemplates=./my-messages`;

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: { context: { type: 'string', short: 'c', multiple: true } },
    schema: z.object({ context: z.array(keyValue).default([]) }),
  },
  async ({ context }) => {
    const folder = join(import.meta.dirname, '..', '..', '..', 'dist');
    const page = join(folder, 'message-previews.html');
    mkdirSync(folder, { recursive: true });
    writeFileSync(page, previewPage(messagesWith(Object.fromEntries(context))));
    console.log(`Open ${pathToFileURL(page).href} in a browser.`);
    return 0;
  },
);

function messagesWith(context: Record<string, string>) {
  try {
    return configuredMessages(readDeployment({ ...manifest.context, ...context }).configuration);
  } catch (error) {
    if (error instanceof ConfigurationError) throw new Problem(error.message);
    throw error;
  }
}
