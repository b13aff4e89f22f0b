import { Command, Option } from 'commander';
import { forDeployment, jsonOption } from '../command-line/options.ts';
import type { ImportOptions } from './import.ts';

export function importCommand(): Command {
  return forDeployment(new Command('import'))
    .description(
      'Import orders from before the deployment, by the function of the deployment (docs/adopting.md).',
    )
    .requiredOption('--from <date>', 'the day or time from which orders were created')
    .option('--to <date>', 'the last day or time; by default now')
    .addOption(new Option('--orders-per-second <n>', 'how fast, from 1 to 500').argParser(Number).default(20))
    .option('--team <id>', 'whose orders, with several teams')
    .option('--dry-run', 'count what would be imported, and change nothing')
    .option('--restart', 'begin at --from, although another import is unfinished')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nContinues where the last import of the same dates stopped. Exits with 1 if something differs from Junction afterwards, and with 130 if it was stopped.',
    )
    .action(async (options: ImportOptions) => {
      const { importOrders } = await import('./import.ts');
      process.exitCode = await importOrders(options);
    });
}
