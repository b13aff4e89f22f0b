/** Brings patients' choices back after a restore, and switches their messages on again (docs/operations/restore.md). */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { openTable } from '../../../core/store/table.ts';
import { runCommand } from '../../../operations/command.ts';
import { auditedChoices, restoreMessages } from './audited-choices.ts';

const USAGE = `npm run restore:messages -- --table <table> --at <time> --audit-log <log group>
  --table      the restored table, which the stack uses already
  --at         the point in time that it was restored to, as in npm run restore
  --audit-log  the log group of the audit trail (output AuditLogName)`;

const optionsSchema = z.object({
  table: z.string({ error: '--table is missing.' }).min(3),
  at: z.iso.datetime({ offset: true, error: '--at must be a time like 2026-11-23T08:00:00Z.' }),
  'audit-log': z.string({ error: '--audit-log is missing.' }).min(1),
});

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: { table: { type: 'string' }, at: { type: 'string' }, 'audit-log': { type: 'string' } },
    schema: optionsSchema,
  },
  async ({ table: name, at, 'audit-log': log }) => {
    const table = openTable(name, () => 'restore-messages');
    const entries = await auditedChoices(new CloudWatchLogsClient(), { log, since: new Date(at) });
    await restoreMessages(table, entries, (done) => console.log(`- ${done}`));
    return 0;
  },
);
