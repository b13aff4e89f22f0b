import { randomUUID } from 'node:crypto';
import { replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import type { StreamMapping } from './event-source-mapping.ts';
import type { GivenUp } from './stream-batch.ts';
import type { LambdaRecord } from './stream-records.ts';

interface Source {
  streamArn: string;
  shardId: string;
}

/**
 * Sends a batch that was given up where the mapping says, as Lambda does: to a bucket as one object with the records
 * themselves, `s3/<bucket>/aws/lambda/<mapping>/<shard>/YYYY/MM/DD/<time>-<uuid>` in the data directory, to anything
 * else without them.
 * @returns where that is, for a person; undefined if it is nowhere
 */
export function keepFailedBatch(
  data: DataDirectory,
  mapping: StreamMapping,
  source: Source,
  batch: GivenUp,
  now: Date,
): string | undefined {
  const { onFailure } = mapping;
  if (!onFailure) return undefined;
  const document = documentOf(mapping, source, batch, now);
  if (!('bucket' in onFailure)) {
    onFailure.accept({ body: JSON.stringify(document) });
    return onFailure.place ?? onFailure.arn;
  }
  const [date = '', clock = ''] = now.toISOString().slice(0, 19).split('T');
  const name = `${date}T${clock.replaceAll(':', '.')}-${randomUUID()}`;
  const folder = ['s3', onFailure.bucket, 'aws', 'lambda', mapping.id, source.shardId, ...date.split('-')];
  const file = data.file(...folder, name);
  // The records are a text within the document, as Lambda writes it.
  const payload = JSON.stringify({ Records: batch.records });
  replaceFile(file, JSON.stringify({ ...document, payload }, null, 2));
  return file;
}

function documentOf(mapping: StreamMapping, { streamArn, shardId }: Source, batch: GivenUp, now: Date) {
  const [first, last] = [batch.records[0], batch.records.at(-1)];
  return {
    requestContext: {
      requestId: batch.requestId ?? randomUUID(),
      functionArn: mapping.function.arn,
      condition: batch.condition,
      approximateInvokeCount: batch.invocations,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: batch.functionError ?? null,
    },
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: batch.records.length,
      streamArn,
    },
  };
}

function arrival(record: LambdaRecord | undefined): string | undefined {
  return record && new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString();
}
