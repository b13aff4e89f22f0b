import {
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { Problem } from '../../lib/problems/problem.ts';
import type { StageOptions } from '../command-line/options.ts';
import { openDeployment } from '../deployment/open-deployment.ts';
import { completeTable, enableRecovery } from './complete-table.ts';

export interface RestoreOptions extends StageOptions {
  readonly from?: string;
  readonly to: string;
  readonly at?: string;
}

/** Restores the table, waits for it, sets what a restore leaves out, and says what to do next. */
export async function restore({ from: given, to, at, ...stage }: RestoreOptions): Promise<void> {
  const from = given ?? (await openDeployment(stage)).outputs.TableName;
  if (from === undefined) throw new Problem('The stack has no output TableName. Give --from.');
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
  const ofStage = stage.stage ? ` --stage ${stage.stage}` : '';
  console.log('- point-in-time recovery is enabled from now on');
  console.log(`Next, before anything else writes to it (docs/operations/restore.md):
  npx redraw-tracker rebuild${ofStage} --table ${to} --restored-at ${new Date().toISOString()}
After the deployment, where messages to patients are on (they are off until then):
  npx redraw-tracker restore-messages${ofStage} --at ${at ?? '<time>'}`);
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
