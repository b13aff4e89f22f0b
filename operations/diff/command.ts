import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { Problem } from '../../lib/problems/problem.ts';
import { collect, forStage, keyValues, type StageOptions } from '../command-line/options.ts';
import type { StackTemplate } from './stateful-changes.ts';

interface DiffOptions extends StageOptions {
  readonly app?: string;
  readonly deployed: Readonly<Record<string, string>>;
  readonly confirm: readonly string[];
  readonly rollBack?: boolean;
}

export function diffCommand(): Command {
  return forStage(new Command('diff'))
    .description(
      'Refuse a deployment that would lose data, or addresses that others depend on (docs/deploy.md).',
    )
    .option('--app <folder>', 'a synthesized app (cdk.out), instead of synthesizing it')
    .addOption(
      new Option(
        '--deployed <stack=file>',
        'the JSON template of a stack, instead of the one in CloudFormation; can be repeated',
      )
        .argParser(keyValues)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--confirm <logical id>', 'a resource that you intend to replace or remove; can be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .option(
      '--roll-back',
      'an earlier release is deployed again: accepts that logs, and what then stays in the account, leave with the later one',
    )
    .addHelpText('after', '\nExits with 1 if a change of a stateful resource is not confirmed.')
    .action(diff);
}

async function diff({ app, deployed, confirm, rollBack = false, ...stage }: DiffOptions): Promise<void> {
  const { synthesize } = await import('../../tools/local/template/synthesis.ts');
  const { compareStacks } = await import('./compare-stacks.ts');
  const { deployedTemplate } = await import('./deployed-template.ts');
  const { deploymentRegion } = await import('./region.ts');
  const given = Object.entries(deployed).map(([name, file]) => [name, readTemplate(file)] as const);
  const context = stage.stage ? { ...stage.context, 'redraw-tracker:stage': stage.stage } : stage.context;
  const refused = await compareStacks({
    settings: { context, region: await deploymentRegion() },
    assembly: app,
    given: new Map(given),
    confirmed: confirm,
    rollBack,
    synthesize,
    deployedTemplate,
    say: (line) => console.log(line),
  });
  if (refused === 0) return;
  console.log(
    '\nDo not deploy this. If you intend a change, confirm each resource with --confirm <logical id>.',
  );
  process.exitCode = 1;
}

function readTemplate(file: string): StackTemplate {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StackTemplate;
  } catch (error) {
    throw new Problem(`${file} is not a template in JSON format: ${String(error)}`);
  }
}
