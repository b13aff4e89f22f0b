import { Command, Option } from 'commander';
import { type DeploymentOptions, forDeployment, jsonOption } from '../command-line/options.ts';
import type { ConnectOptions } from './run.ts';

export function connectCommand(): Command {
  return forDeployment(new Command('connect'))
    .description('Connect a deployment to a team at Junction, and verify it (docs/deploy.md).')
    .option('--org <id>', 'the organization at Junction, for its Management API')
    .option('--team <id>', 'the team; by default teamId of the stage')
    .option('--beside', 'create an endpoint although the team has one of another deployment')
    .addOption(new Option('--junction-url <url>', "Junction's API; by default junctionBaseUrl of the stage"))
    .addOption(new Option('--management-url <url>', "Junction's Management API").hideHelp())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Environment: JUNCTION_MANAGEMENT_KEY, if your plan has the Management API; without it, JUNCTION_API_KEY and JUNCTION_WEBHOOK_SECRET.
At a terminal, it asks for what is missing. Exits with 1 if something is wrong; then it says what, in one sentence.`,
    )
    .action(async (options: DeploymentOptions & ConnectOptions) => {
      const { runConnect } = await import('./run.ts');
      process.exitCode = await runConnect(options);
    });
}
