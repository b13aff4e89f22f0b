import { Command, Option } from 'commander';
import { collect, type DeploymentOptions, forDeployment, jsonOption } from '../command-line/options.ts';

interface VerifyCommandOptions extends DeploymentOptions {
  readonly stack?: readonly string[];
  readonly skip: readonly string[];
  readonly setUpLater?: boolean;
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return forDeployment(new Command('verify'))
    .description('Verify a deployment, and say what to do about what does not work (docs/deploy.md).')
    .option('--stack <name>', 'another stack than that of the stage; can be repeated', collect)
    .addOption(
      new Option('--skip <check>', 'a check to leave out; can be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--set-up-later', 'do not fail because of what is not set up yet, such as the signing secret')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Environment: WEBHOOK_SECRET instead of the secret in Secrets Manager; TOKEN, or CLIENT_ID and CLIENT_SECRET, instead of a new token.
Exits with 1 if a check fails.`,
    )
    .action(async (options: VerifyCommandOptions) => {
      const { openDeployment } = await import('../deployment/open-deployment.ts');
      const { verify } = await import('./verify.ts');
      const deployment = await openDeployment(options);
      if (!options.json) console.log(`Verifying ${deployment.url}`);
      if (!(await verify(deployment, options))) process.exitCode = 1;
    });
}
