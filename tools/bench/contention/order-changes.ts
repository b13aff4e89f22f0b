import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { isOfKind } from '../../../core/store/table-layout.ts';
import { localClientSettings } from '../../local/database/client-settings.ts';
import { readShard } from '../../local/streams/shard-reader.ts';
import { type LambdaRecord, lambdaRecord } from '../../local/streams/stream-records.ts';
import type { Deployment } from '../deployment.ts';

/** Every change of an order so far, in the form of the stream's records. */
export async function orderChanges({ engine, tableName }: Deployment): Promise<LambdaRecord[]> {
  const settings = localClientSettings(engine.endpoint);
  const [database, streams] = [new DynamoDBClient(settings), new DynamoDBStreamsClient(settings)];
  const { Table } = await database.send(new DescribeTableCommand({ TableName: tableName }));
  const streamArn = Table?.LatestStreamArn ?? '';
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const reader = readShard(streams, streamArn, StreamDescription?.Shards?.[0]?.ShardId ?? '', undefined);
  const records: LambdaRecord[] = [];
  for (let page = await reader.next(); page && page.length > 0; page = await reader.next()) {
    records.push(...page.map((record) => lambdaRecord(record, streamArn)));
  }
  database.destroy();
  streams.destroy();
  return records.filter(({ dynamodb }) =>
    isOfKind('ORDER', (dynamodb.Keys?.sk as { S?: string } | undefined)?.S),
  );
}
