import { Command, Option } from 'commander';
import { forDeployment, instant, wholeNumber } from '../command-line/options.ts';
import type { RebuildOptions } from './rebuild.ts';

export function rebuildCommand(): Command {
  return forDeployment(new Command('rebuild'))
    .description(
      'Rebuild transactions from their orders, by the function of the deployment (docs/operations/rebuild.md).',
    )
    .option('--dry-run', 'report differences and write nothing')
    .option('--counters-only', 'only compare the counters with the transactions')
    .addOption(
      new Option('--segments <n>', 'parts of the table to process in parallel').argParser(wholeNumber),
    )
    .addOption(new Option('--items-per-second <n>', 'items of all segments together').argParser(wholeNumber))
    .addOption(
      new Option('--seconds <n>', 'how long the function works per invocation').argParser(wholeNumber),
    )
    .option('--cursor <file>', 'a file to continue from after an interruption')
    .option(
      '--table <name>',
      'a restored table that no stack uses yet, instead of a deployment; needs rights on it',
    )
    .addOption(new Option('--restored-at <time>', 'when that table was restored').argParser(instant))
    .addHelpText(
      'after',
      '\nPrints a line of JSON for each finding. Exits with 1 if an item could not be processed, and with 130 if it was stopped.',
    )
    .action(async (options: RebuildOptions) => {
      const { rebuild } = await import('./rebuild.ts');
      process.exitCode = await rebuild(options);
    });
}
