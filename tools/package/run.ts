/** Packs the constructs for other CDK apps (docs/construct.md): dist/package, and an archive of it beside. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DashboardBuildError } from '../../lib/bundling/dashboard-bundle.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { runProgram } from '../../operations/command-line/run.ts';
import { writeConstructPackage } from './construct-package.ts';
import { EXAMPLE_REPOSITORY, originOf } from './repository.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'dist', 'package');

const program = new Command('npm run package --')
  .description('Packs the construct for other CDK apps.')
  .addOption(
    new Option(
      '--repository <url>',
      'the repository, to which the README of the package links; by default that of the remote origin',
    ).argParser(httpsUrl),
  )
  .exitOverride()
  .action(async ({ repository = originOf(root) }: { repository?: string }) => {
    if (repository === undefined) {
      console.log(`There is no remote origin: the README links to ${EXAMPLE_REPOSITORY}. Set --repository.`);
    }
    await writeConstructPackage(root, folder, repository ?? EXAMPLE_REPOSITORY).catch(rethrow);
    const { status } = spawnSync('npm', ['pack', folder, '--pack-destination', join(root, 'dist')], {
      stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
  });

await runProgram(program, process.argv.slice(2));

function httpsUrl(text: string): string {
  if (URL.parse(text)?.protocol !== 'https:') throw new InvalidArgumentError('It must be an https URL.');
  return text.replace(/\/$/, '');
}

function rethrow(error: unknown): never {
  throw error instanceof DashboardBuildError ? new Problem(error.message) : error;
}
