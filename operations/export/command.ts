import { Command } from 'commander';
import { forDeployment, jsonOption } from '../command-line/options.ts';
import type { ExportOptions } from './export.ts';

export function exportCommand(): Command {
  return forDeployment(new Command('export'))
    .description('Export everything that is stored to a file of JSON lines (docs/leaving.md).')
    .requiredOption('--file <path>', 'the file, which is continued if an export to it was stopped')
    .addOption(jsonOption())
    .addHelpText('after', '\nExits with 130 if it was stopped.')
    .action(async (options: ExportOptions) => {
      const { exportTo } = await import('./export.ts');
      process.exitCode = await exportTo(options);
    });
}
