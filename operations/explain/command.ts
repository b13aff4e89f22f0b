import { Command } from 'commander';
import { type DeploymentOptions, forDeployment, jsonOption } from '../command-line/options.ts';

interface ExplainOptions extends DeploymentOptions {
  readonly json?: boolean;
}

export function explainCommand(): Command {
  return forDeployment(new Command('explain'))
    .description('Explain the status of a transaction in sentences (docs/api.md, "Explaining a status").')
    .argument('<id>', 'the id of the transaction, or of one of its orders')
    .addOption(jsonOption())
    .addHelpText('after', '\nEnvironment: TOKEN, or CLIENT_ID and CLIENT_SECRET, instead of a new token.')
    .action(async (id: string, options: ExplainOptions) => {
      const { openDeployment } = await import('../deployment/open-deployment.ts');
      const { explanationOf } = await import('./explanation-of.ts');
      const explanation = await explanationOf(await openDeployment(options), id);
      console.log(options.json ? JSON.stringify(explanation, null, 2) : explanation.text.join('\n'));
    });
}
