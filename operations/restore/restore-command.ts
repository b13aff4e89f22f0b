import { Command, InvalidArgumentError, Option } from 'commander';
import { forStage, instant } from '../command-line/options.ts';
import type { RestoreOptions } from './restore.ts';

export function restoreCommand(): Command {
  return forStage(new Command('restore'))
    .description(
      'Restore the table to a point in time, and prepare it for service (docs/operations/restore.md).',
    )
    .addOption(
      new Option('--to <table>', 'the name of the new table. If it exists, it is prepared without a restore')
        .argParser(tableName)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--at <time>',
        'the point in time, within the last 35 days. Not needed if the new table exists',
      ).argParser(instant),
    )
    .addOption(
      new Option('--from <table>', 'the table to restore; by default the output TableName').argParser(
        tableName,
      ),
    )
    .action(async (options: RestoreOptions) => {
      const { restore } = await import('./restore.ts');
      await restore(options);
    });
}

function tableName(text: string): string {
  if (!/^[\w.-]{3,255}$/.test(text)) throw new InvalidArgumentError('It must be the name of a table.');
  return text;
}
