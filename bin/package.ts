/** Packs the constructs for other CDK apps (docs/construct.md): dist/package, and an archive of it beside. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DashboardBuildError } from '../lib/bundling/dashboard-bundle.ts';
import { writeConstructPackage } from '../operations/package/construct-package.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'dist', 'package');

try {
  await writeConstructPackage(root, folder);
  const { status } = spawnSync('npm', ['pack', folder, '--pack-destination', join(root, 'dist')], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof DashboardBuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
