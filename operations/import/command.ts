import { Command, Option } from 'commander';
import { Problem } from '../../lib/problems/problem.ts';
import { forDeployment, jsonOption } from '../command-line/options.ts';
import type { LoadOptions } from '../load/load.ts';
import type { ImportOptions } from './import.ts';

export function importCommand(): Command {
  return forDeployment(new Command('import'))
    .description(
      'Import orders from before the deployment (docs/adopting.md), or load an export into an empty table (docs/leaving.md).',
    )
    .option('--from <date>', 'the day or time from which orders were created')
    .option('--to <date>', 'the last day or time; by default now')
    .addOption(new Option('--orders-per-second <n>', 'how fast, from 1 to 500').argParser(Number).default(20))
    .option('--team <id>', 'whose orders, with several teams')
    .option('--dry-run', 'count what would be imported, and change nothing')
    .option('--restart', 'begin at --from, although another import is unfinished')
    .addOption(
      new Option('--file <path>', 'load this export instead').conflicts(['from', 'to', 'dryRun', 'restart']),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nContinues where the last import of the same dates or file stopped. Exits with 1 if something differs from Junction or from the file afterwards, and with 130 if it was stopped.',
    )
    .action(
      async ({
        file,
        from,
        ...options
      }: Omit<ImportOptions, 'from'> & Partial<ImportOptions & LoadOptions>) => {
        if (file !== undefined) {
          const { loadFrom } = await import('../load/load.ts');
          process.exitCode = await loadFrom({ ...options, file });
          return;
        }
        if (from === undefined)
          throw new Problem('Give --from, the first day of the orders, or --file, an export to load.');
        const { importOrders } = await import('./import.ts');
        process.exitCode = await importOrders({ ...options, from });
      },
    );
}
