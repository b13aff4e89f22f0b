import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod';
import { auditEntry } from '../../../core/audit/audit-entry.ts';
import { pauseBetweenWriters } from '../../../core/concurrency/retry.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import { instant } from '../../../core/http/text-fields.ts';
import type { Table } from '../../../core/store/table.ts';
import { CHOICES } from '../rules/patient-record.ts';
import { releaseMessages } from '../store/restore-mark.ts';
import { type AuditedChoice, restoreChoices } from '../use-cases/restore-choices.ts';

/** The entry of a change can be later than the change (ms). Repeating a change that the backup has does no harm. */
const MARGIN = 15 * 60_000;

const choiceEntry = z.object({
  ...auditEntry.shape,
  time: instant,
  user_id: z.string(),
  channel: z.enum(CHANNELS),
  state: z.enum(CHOICES),
});

/**
 * The changes of patients' choices in the audit trail since the backup.
 *
 * @param log the name of the log group (output AuditLogName)
 */
export async function auditedChoices(
  client: CloudWatchLogsClient,
  { log, since }: { readonly log: string; readonly since: Date },
): Promise<AuditedChoice[]> {
  const found: AuditedChoice[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: log,
        filterPattern: '"message_settings.change"',
        startTime: since.getTime() - MARGIN,
        nextToken,
      }),
    );
    found.push(...choicesIn((page.events ?? []).map(({ message = '' }) => message)));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

/** The choices in lines of the audit trail. Other actions have none, and a refused request may have none that is valid. */
export function choicesIn(lines: readonly string[]): AuditedChoice[] {
  return lines.flatMap((line) => choiceEntry.safeParse(JSON.parse(line)).data ?? []);
}

/** Repeats the choices in a restored table, and switches the messages to patients on again. */
export async function restoreMessages(
  table: Table,
  entries: readonly AuditedChoice[],
  say: (done: string) => void,
): Promise<void> {
  const changed = await restoreChoices({ table, pause: pauseBetweenWriters }, entries);
  say(`${entries.length} choices in the audit trail are repeated, ${changed} of which changed something`);
  await releaseMessages(table, instant.parse(new Date().toISOString()));
  say('messages to patients are on: what becomes due from now on is sent');
}
