import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import manifest from '../cdk.json' with { type: 'json' };
import { buildBundles } from '../lib/bundling/build-bundles.ts';
import { DashboardBuildError } from '../lib/bundling/dashboard-bundle.ts';
import { hasDashboard } from '../lib/configuration/configuration.ts';
import { ConfigurationError } from '../lib/configuration/configuration-error.ts';
import { readDeployment } from '../lib/configuration/deployment.ts';
import { RedrawTrackerDataStack, RedrawTrackerStack } from '../lib/redraw-tracker-stacks.ts';

const root = join(import.meta.dirname, '..');

try {
  // The CDK CLI passes the context of cdk.json. Reading it here gives the same app without the CLI.
  const app = new App({ context: manifest.context });
  const { configuration, env: configured } = readDeployment(app.node.getAllContext());
  const bundles = await buildBundles(root, { withDashboard: hasDashboard(configuration) });
  // The CDK CLI passes the region of the profile. What CloudFront needs in us-east-1 depends on it.
  const ofProfile = process.env.CDK_DEFAULT_REGION;
  const env = { ...(ofProfile && { region: ofProfile }), ...configured };
  const { data } = new RedrawTrackerDataStack(app, 'RedrawTrackerData', { env, configuration, bundles });
  new RedrawTrackerStack(app, 'RedrawTracker', { env, data });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof DashboardBuildError)) throw error;
  // The message is complete; a stack trace would hide it.
  console.error(error.message);
  process.exitCode = 1;
}
