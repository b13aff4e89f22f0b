import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { STREAM_VIEW, TIME_TO_LIVE } from '../../core/store/table-layout.ts';

/** A restore takes minutes to hours. */
const MAX_WAIT_SECONDS = 24 * 3_600;

/**
 * Gives a restored table what its next deployment expects of it: CloudFormation imports a table as it is and does not set its
 * properties. Can be repeated.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html
 *
 * @param tagsFrom a table whose tags are copied; null for none
 * @param onStep called with what was done
 */
export async function completeTable(
  client: DynamoDBClient,
  { table, tagsFrom }: { readonly table: string; readonly tagsFrom: string | null },
  onStep: (done: string) => void,
): Promise<void> {
  await waitUntilTableExists({ client, maxWaitTime: MAX_WAIT_SECONDS }, { TableName: table });
  onStep('the table is active');
  // First, because expired quarantine items contain patient data.
  await enableTimeToLive(client, table);
  onStep(`time to live on ${TIME_TO_LIVE} is enabled`);
  await enableStream(client, table);
  onStep(`the stream is enabled with ${STREAM_VIEW}`);
  await protect(client, table);
  onStep('the table is protected from deletion');
  if (tagsFrom !== null) onStep(`${await copyTags(client, tagsFrom, table)} tags are copied`);
}

/** Enables point-in-time recovery. The recovery period starts at this moment: nothing earlier can be restored from this table. */
export async function enableRecovery(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName: table,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
}

async function enableTimeToLive(client: DynamoDBClient, TableName: string): Promise<void> {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  // DynamoDB refuses to enable it twice.
  if (['ENABLED', 'ENABLING'].includes(TimeToLiveDescription?.TimeToLiveStatus ?? '')) return;
  const TimeToLiveSpecification = { Enabled: true, AttributeName: TIME_TO_LIVE };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

async function enableStream(client: DynamoDBClient, TableName: string): Promise<void> {
  const { StreamSpecification } = await describe(client, TableName);
  if (StreamSpecification?.StreamEnabled) return;
  await client.send(
    new UpdateTableCommand({
      TableName,
      StreamSpecification: { StreamEnabled: true, StreamViewType: STREAM_VIEW },
    }),
  );
  // The table cannot be updated again before.
  await waitUntilTableExists({ client, maxWaitTime: 600 }, { TableName });
}

async function protect(client: DynamoDBClient, TableName: string): Promise<void> {
  const { DeletionProtectionEnabled } = await describe(client, TableName);
  if (DeletionProtectionEnabled) return;
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
}

/** Tags of AWS itself cannot be set, and those of the stack come with the deployment. */
async function copyTags(client: DynamoDBClient, from: string, to: string): Promise<number> {
  const [source, target] = [await describe(client, from), await describe(client, to)];
  const { Tags = [] } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: source.TableArn }));
  const own = Tags.filter(({ Key = '' }) => !Key.startsWith('aws:'));
  if (own.length > 0) await client.send(new TagResourceCommand({ ResourceArn: target.TableArn, Tags: own }));
  return own.length;
}

async function describe(client: DynamoDBClient, TableName: string): Promise<TableDescription> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table ?? {};
}
