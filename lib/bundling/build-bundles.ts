import { join } from 'node:path';
import type { Bundles } from './bundles.ts';
import { bundleDashboard } from './dashboard-bundle.ts';
import { bundleFunctions } from './function-bundles.ts';

/** Below the repository; each has a folder per function. */
export const builtFunctions = join('dist', 'functions');

/**
 * Builds what is deployed from the sources.
 *
 * @param root the repository
 * @throws {DashboardBuildError}
 */
export async function buildBundles(
  root: string,
  { withDashboard }: { readonly withDashboard: boolean },
): Promise<Bundles> {
  // The page builds in another process while this one bundles the functions.
  const building = withDashboard
    ? bundleDashboard({ root, outputDirectory: join(root, 'dist', 'dashboard') })
    : undefined;
  const functionCode = bundleFunctions({
    functionsDirectory: join(root, 'functions'),
    outputDirectory: join(root, builtFunctions),
    files: { query: [join(root, 'docs', 'openapi', 'openapi.json')] },
  });
  return { functionCode, builtPage: await building };
}
