/** Restores the table to a point in time, and prepares it for service. docs/operations/restore.md describes the whole way. */
import {
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { runCommand } from '../operations/command.ts';
import { Problem } from '../operations/problem.ts';
import { completeTable, enableRecovery } from '../operations/restore/complete-table.ts';

const USAGE = `npm run restore -- --from <table> --at <time> --to <new table>
  --from  the table (output TableName); it must exist
  --at    the point in time, for example 2026-11-23T08:00:00Z, within the last 35 days
  --to    the name of the new table. If it already exists, it is prepared without a restore, and --at is not needed`;

const optionsSchema = z.object({
  from: z.string({ error: '--from is missing.' }).min(3),
  to: z.string({ error: '--to is missing.' }).regex(/^[\w.-]{3,255}$/, '--to must be the name of a table.'),
  at: z.iso.datetime({ offset: true, error: '--at must be a time like 2026-11-23T08:00:00Z.' }).optional(),
});

process.exitCode = await runCommand(
  {
    usage: USAGE,
    options: { from: { type: 'string' }, to: { type: 'string' }, at: { type: 'string' } },
    schema: optionsSchema,
  },
  restore,
);

async function restore({ from, to, at }: z.output<typeof optionsSchema>): Promise<number> {
  const client = new DynamoDBClient();
  if (await exists(client, to)) console.log(`The table ${to} exists. It is not restored again.`);
  else {
    if (at === undefined) throw new Problem(`The table ${to} does not exist. Give --at to restore it.`);
    await client.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: from,
        TargetTableName: to,
        RestoreDateTime: new Date(at),
      }),
    );
    console.log(
      `Restoring ${from} as of ${at} to ${to}. This takes minutes to hours. If it is interrupted, run the same command to continue.`,
    );
  }
  const source = (await exists(client, from)) ? from : null;
  await completeTable(client, { table: to, tagsFrom: source }, (done) => console.log(`- ${done}`));
  await enableRecovery(client, to);
  console.log('- point-in-time recovery is enabled from now on');
  console.log(`Next, before anything else writes to it (docs/operations/restore.md):
  TABLE_NAME=${to} npm run rebuild -- --restored-at ${new Date().toISOString()}
After the deployment, where messages to patients are on (they are off until then):
  npm run restore:messages -- --table ${to} --at ${at ?? '<time>'} --audit-log <AuditLogName>`);
  return 0;
}

async function exists(client: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
