/** Packs the constructs for other CDK apps (docs/construct.md): dist/package, and an archive of it beside. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { DashboardBuildError } from '../../lib/bundling/dashboard-bundle.ts';
import { runCommand } from '../../operations/command.ts';
import { Problem } from '../../operations/problem.ts';
import { writeConstructPackage } from './construct-package.ts';
import { EXAMPLE_REPOSITORY, originOf } from './repository.ts';

const USAGE = `npm run package -- [--repository <url>]
  --repository  the https URL of the repository, to which the README of the package links; by default that of the remote origin`;

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'dist', 'package');

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: { repository: { type: 'string' } },
    schema: z.object({
      repository: z
        .url({ protocol: /^https$/, error: '--repository must be an https URL.' })
        .transform((url) => url.replace(/\/$/, ''))
        .optional(),
    }),
  },
  async ({ repository = originOf(root) }) => {
    if (repository === undefined) {
      console.log(`There is no remote origin: the README links to ${EXAMPLE_REPOSITORY}. Set --repository.`);
    }
    await writeConstructPackage(root, folder, repository ?? EXAMPLE_REPOSITORY).catch(rethrow);
    const { status } = spawnSync('npm', ['pack', folder, '--pack-destination', join(root, 'dist')], {
      stdio: 'inherit',
    });
    return status ?? 1;
  },
);

function rethrow(error: unknown): never {
  throw error instanceof DashboardBuildError ? new Problem(error.message) : error;
}
