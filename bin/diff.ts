/** Compares what is deployed with what would be deployed. docs/deploy.md describes when and how. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { runCommand } from '../operations/command.ts';
import { compareStacks } from '../operations/diff/compare-stacks.ts';
import { deployedTemplate } from '../operations/diff/deployed-template.ts';
import { deploymentRegion } from '../operations/diff/region.ts';
import type { StackTemplate } from '../operations/diff/stateful-changes.ts';
import { keyValue } from '../operations/key-value.ts';
import { Problem } from '../operations/problem.ts';
import { synthesize } from '../tools/local/template/synthesis.ts';

const USAGE = `npm run diff -- [--app <folder>] [--deployed <stack>=<file>]… [--confirm <logical id>]… [--roll-back] [-c redraw-tracker:<key>=<value>]…
  --app       a folder with the synthesized app (cdk.out), to compare instead of synthesizing it with the settings of -c
  --deployed  a JSON file with the deployed template of a stack, to use instead of the one in CloudFormation
  --confirm   a resource that you intend to replace or remove
  --roll-back an earlier release is deployed again: accepts that logs, and what then stays in the account, leave with the later one
Exits with 1 if a change of a stateful resource is not confirmed, and with 2 if it cannot compare.`;

const optionsSchema = z.object({
  app: z.string().optional(),
  deployed: z.array(keyValue).default([]),
  confirm: z.array(z.string()).default([]),
  'roll-back': z.boolean().default(false),
  context: z.array(keyValue).default([]),
});

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: {
      app: { type: 'string' },
      deployed: { type: 'string', multiple: true },
      confirm: { type: 'string', multiple: true },
      'roll-back': { type: 'boolean' },
      context: { type: 'string', short: 'c', multiple: true },
    },
    schema: optionsSchema,
    broken: 2,
  },
  diff,
);

async function diff({
  app,
  deployed,
  confirm,
  'roll-back': rollBack,
  context,
}: z.output<typeof optionsSchema>): Promise<number> {
  const refused = await compareStacks({
    settings: { context: Object.fromEntries(context), region: await deploymentRegion() },
    assembly: app,
    given: new Map(deployed.map(([name, file]) => [name, readTemplate(file)])),
    confirmed: confirm,
    rollBack,
    synthesize,
    deployedTemplate,
    say: (line) => console.log(line),
  });
  if (refused === 0) return 0;
  console.log(
    '\nDo not deploy this. If you intend a change, confirm each resource with --confirm <logical id>.',
  );
  return 1;
}

function readTemplate(file: string): StackTemplate {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StackTemplate;
  } catch (error) {
    throw new Problem(`${file} is not a template in JSON format: ${String(error)}`);
  }
}
