import {
  type _Record,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

export interface ShardReader {
  /** @returns the next records, an empty list if there are none yet, or undefined if the shard has ended. */
  next(): Promise<_Record[] | undefined>;
}

/**
 * Reads one shard.
 * @param after sequence number of the last handled record; undefined reads from the oldest record
 */
export function readShard(
  client: DynamoDBStreamsClient,
  streamArn: string,
  shardId: string,
  after: string | undefined,
): ShardReader {
  let last = after;
  let iterator: string | undefined;
  // The engine gives an open shard an ending sequence number too. Only a missing iterator ends a shard.
  let ended = false;

  async function iteratorAt(sequenceNumber: string | undefined): Promise<string | undefined> {
    const position =
      sequenceNumber === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequenceNumber } as const);
    const source = { StreamArn: streamArn, ShardId: shardId };
    return (await client.send(new GetShardIteratorCommand({ ...source, ...position }))).ShardIterator;
  }

  async function read(): Promise<_Record[]> {
    iterator ??= await iteratorAt(last);
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
    iterator = page.NextShardIterator;
    ended = iterator === undefined;
    const records = page.Records ?? [];
    last = records.at(-1)?.dynamodb?.SequenceNumber ?? last;
    return records;
  }

  return {
    async next() {
      if (ended) return undefined;
      try {
        return await read();
      } catch (error) {
        iterator = undefined;
        if (error instanceof ExpiredIteratorException) return [];
        if (!(error instanceof TrimmedDataAccessException) || last === undefined) throw error;
        // The records after `last` were trimmed before they were read: continue with the oldest that is left.
        last = undefined;
        return [];
      }
    },
  };
}
