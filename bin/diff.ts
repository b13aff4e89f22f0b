/** Compares what is deployed with what would be deployed. docs/deploy.md describes when and how. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { synthesize } from '../local/template/synthesis.ts';
import { compareStacks } from '../operations/diff/compare-stacks.ts';
import { deployedTemplate } from '../operations/diff/deployed-template.ts';
import { deploymentRegion } from '../operations/diff/region.ts';

const USAGE = `npm run diff -- [--deployed <stack>=<file>]… [--confirm <logical id>]… [-c redraw-tracker:<key>=<value>]…
  --deployed  the deployed template of a stack in a JSON file, instead of asking CloudFormation
  --confirm   a resource that is meant to be replaced or removed
It exits with 1 if a change of a stateful resource is not confirmed, and with 2 if it cannot compare.`;

const pair = (name: string) =>
  z
    .string()
    .includes('=', { error: `${name} must be <key>=<value>.` })
    .transform((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);

const optionsSchema = z.object({
  deployed: z.array(pair('--deployed')).default([]),
  confirm: z.array(z.string()).default([]),
  context: z.array(pair('-c')).default([]),
});

type Options = z.output<typeof optionsSchema>;

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    return await diff(readOptions());
  } catch (error) {
    console.error(
      error instanceof z.ZodError ? error.issues.map(({ message }) => message).join('\n') : textOf(error),
    );
    console.error(`\n${USAGE}`);
    return 2;
  }
}

function textOf(error: unknown): unknown {
  return error instanceof Error ? error.message : error;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      deployed: { type: 'string', multiple: true },
      confirm: { type: 'string', multiple: true },
      context: { type: 'string', short: 'c', multiple: true },
    },
  });
  return optionsSchema.parse(values);
}

async function diff({ deployed, confirm, context }: Options): Promise<number> {
  const refused = await compareStacks({
    settings: { context: Object.fromEntries(context), region: await deploymentRegion() },
    given: new Map(deployed.map(([name, file]) => [name, JSON.parse(readFileSync(file, 'utf8'))])),
    confirmed: confirm,
    synthesize,
    deployedTemplate,
    say: (line) => console.log(line),
  });
  if (refused === 0) return 0;
  console.log(
    '\nDo not deploy this. If a change is meant, confirm each resource with --confirm <logical id>.',
  );
  return 1;
}
