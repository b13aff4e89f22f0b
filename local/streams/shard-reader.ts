import {
  type _Record,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

export interface ShardReader {
  /** @returns the next records, none if there are none yet, undefined if the shard has ended. */
  next(): Promise<_Record[] | undefined>;
}

/**
 * Reads one shard from a position on.
 * @param after sequence number of the last record that is known already
 * @param start where to begin without one
 */
export function readShard(
  client: DynamoDBStreamsClient,
  streamArn: string,
  shardId: string,
  after: string | undefined,
  start: 'TRIM_HORIZON' | 'LATEST',
): ShardReader {
  let last = after;
  let iterator: string | undefined;
  // The engine shows an ending sequence number for a shard that is still open. Only a missing iterator ends one.
  let ended = false;

  async function iteratorAt(sequenceNumber: string | undefined): Promise<string | undefined> {
    const position =
      sequenceNumber === undefined
        ? ({ ShardIteratorType: start } as const)
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
        // What was not read in time is gone; the oldest that is left is the best there is.
        last = undefined;
        return [];
      }
    },
  };
}
