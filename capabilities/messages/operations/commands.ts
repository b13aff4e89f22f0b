import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, Option } from 'commander';
import { contextOf, forStage, instant, type StageOptions } from '../../../operations/command-line/options.ts';

/** What the command line has for this capability. */
export const commands = () => [restoreMessagesCommand(), messagesCommand()];

interface RestoreMessagesOptions extends StageOptions {
  readonly at: string;
}

function restoreMessagesCommand(): Command {
  return forStage(new Command('restore-messages'))
    .description(
      "Bring patients' choices back after a restore, and switch their messages on again (docs/operations/restore.md).",
    )
    .addOption(
      new Option('--at <time>', 'the point in time that the table was restored to')
        .argParser(instant)
        .makeOptionMandatory(),
    )
    .addHelpText(
      'after',
      '\nThe stage must use the restored table already. Needs rights on it and on the audit trail.',
    )
    .action(async ({ at, ...stage }: RestoreMessagesOptions) => {
      const { openTable } = await import('../../../core/store/table.ts');
      const { openDeployment } = await import('../../../operations/deployment/open-deployment.ts');
      const { auditedChoices, restoreMessages } = await import('./audited-choices.ts');
      const { clients, outputs } = await openDeployment(stage);
      const table = openTable(outputs.TableName ?? '', () => 'restore-messages');
      const log = outputs.AuditLogName ?? '';
      const entries = await auditedChoices(clients.logs, { log, since: new Date(at) });
      await restoreMessages(table, entries, (done) => console.log(`- ${done}`));
    });
}

function messagesCommand(): Command {
  return forStage(new Command('preview-messages'))
    .description('Write every message to patients into an HTML page (docs/patient-messages.md).')
    .action(async (options: StageOptions) => {
      const { readDeployment } = await import('../../../lib/configuration/deployment.ts');
      const { configuredMessages } = await import('../lib/templates/configured-messages.ts');
      const { previewPage } = await import('./preview-page.ts');
      const folder = join(import.meta.dirname, '..', '..', '..', 'dist');
      const page = join(folder, 'message-previews.html');
      mkdirSync(folder, { recursive: true });
      writeFileSync(page, previewPage(configuredMessages(readDeployment(contextOf(options)).configuration)));
      console.log(`Open ${pathToFileURL(page).href} in a browser.`);
    });
}
