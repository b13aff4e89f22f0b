/** Compares what is deployed with what would be deployed. docs/deploy.md describes when and how. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { Problem } from '../local/problem.ts';
import { readAssembly, type StackFiles } from '../local/template/assembly.ts';
import { synthesize } from '../local/template/synthesis.ts';
import {
  type StackTemplate,
  type StatefulChange,
  statefulChanges,
} from '../operations/diff/stateful-changes.ts';

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
  const stacks = await synthesizedStacks(Object.fromEntries(context));
  const files = new Map(deployed);
  const unknown = [...files.keys()].filter((name) => !stacks.some(({ stackName }) => stackName === name));
  if (unknown.length > 0) {
    const known = stacks.map(({ stackName }) => stackName).join(', ');
    throw new Problem(`There is no stack ${unknown.join(', ')} to deploy. The stacks are ${known}.`);
  }
  let refused = 0;
  for (const stack of stacks) {
    const before = await deployedTemplate(stack, files.get(stack.stackName));
    if (before === undefined) {
      console.log(`${stack.stackName}: new. There is nothing to lose.`);
      continue;
    }
    const changes = statefulChanges(before, stack.template as StackTemplate);
    const open = changes.filter(({ logicalId }) => !confirm.includes(logicalId));
    print(stack.stackName, changes, open);
    refused += open.length;
  }
  if (refused === 0) return 0;
  console.log(
    '\nDo not deploy this. If a change is meant, confirm each resource with --confirm <logical id>.',
  );
  return 1;
}

function print(stack: string, changes: readonly StatefulChange[], open: readonly StatefulChange[]): void {
  if (changes.length === 0)
    console.log(`${stack}: no stateful resource is replaced, removed or less protected.`);
  for (const change of changes) {
    const mark = open.includes(change) ? 'REFUSED  ' : 'confirmed';
    console.log(
      `${stack}: ${mark}  ${change.logicalId} (${change.type}) ${change.what}.\n    → ${change.lost}`,
    );
  }
}

async function synthesizedStacks(context: Record<string, string>): Promise<StackFiles[]> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-diff-'));
  try {
    const folder = join(place, 'cdk.out');
    await synthesize(folder, context, new AbortController().signal);
    return readAssembly(folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @returns undefined if the stack does not exist yet */
async function deployedTemplate(
  { stackName, region }: StackFiles,
  file: string | undefined,
): Promise<StackTemplate | undefined> {
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')) as StackTemplate;
  const client = new CloudFormationClient(region === undefined ? {} : { region });
  try {
    const { TemplateBody = '{}' } = await client.send(
      new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
    );
    return JSON.parse(TemplateBody) as StackTemplate;
  } catch (error) {
    // The only sign that CloudFormation gives: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
