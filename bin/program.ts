import { Command } from 'commander';
import { capabilityCommands } from '../capabilities/commands.ts';
import { version } from '../lib/configuration/version.ts';
import { connectCommand } from '../operations/connect/command.ts';
import { diffCommand } from '../operations/diff/command.ts';
import { explainCommand } from '../operations/explain/command.ts';
import { exportCommand } from '../operations/export/command.ts';
import { importCommand } from '../operations/import/command.ts';
import { rebuildCommand } from '../operations/rebuild/command.ts';
import { restoreCommand } from '../operations/restore/restore-command.ts';
import { confirmCommand } from '../operations/subscriptions/command.ts';
import { verifyCommand } from '../operations/verify/command.ts';

/** All commands. What they need is loaded when they run, so that the help appears at once. */
export async function redrawTracker(): Promise<Command> {
  const program = new Command('redraw-tracker')
    .description('Operates a deployed stage of redraw-tracker, or the stack of npm start.')
    .version(version)
    .helpCommand(false)
    .addHelpText(
      'after',
      '\nAWS credentials and the region come from the usual variables and files of AWS. Exit codes: 0 for success, 1 for what the command found, 2 if it could not do its work.',
    );
  for (const command of [
    connectCommand(),
    verifyCommand(),
    diffCommand(),
    explainCommand(),
    importCommand(),
    exportCommand(),
    rebuildCommand(),
    restoreCommand(),
    confirmCommand(),
    ...(await capabilityCommands()),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands])
    command.exitOverride().showHelpAfterError('Run it with --help to see the options.');
  return program;
}
