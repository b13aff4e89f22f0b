import { randomUUID } from 'node:crypto';
import type { DataDirectory } from './data-directory.ts';
import { replaceFile } from './durable-file.ts';
import type { GivenUp } from './stream-batch.ts';
import type { StreamMapping } from './stream-mapping.ts';
import type { LambdaRecord } from './stream-records.ts';

/**
 * Keeps a batch that was given up as Lambda does with an S3 destination: one object with the records themselves, under
 * `s3/<bucket>/aws/lambda/<mapping>/<shard>/YYYY/MM/DD/<time>-<uuid>` in the data directory.
 * @returns the file's path
 */
export function keepFailedBatch(
  data: DataDirectory,
  bucket: string,
  mapping: StreamMapping,
  source: { streamArn: string; shardId: string },
  batch: GivenUp,
  now: Date,
): string {
  const [first, last] = [batch.records[0], batch.records.at(-1)];
  const document = {
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
      shardId: source.shardId,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: batch.records.length,
      streamArn: source.streamArn,
    },
    // A text within the document, as Lambda writes it.
    payload: JSON.stringify({ Records: batch.records }),
  };
  const [date = '', clock = ''] = now.toISOString().slice(0, 19).split('T');
  const name = `${date}T${clock.replaceAll(':', '.')}-${randomUUID()}`;
  const file = data.file('s3', bucket, 'aws', 'lambda', mapping.id, source.shardId, ...date.split('-'), name);
  replaceFile(file, JSON.stringify(document, null, 2));
  return file;
}

function arrival(record: LambdaRecord | undefined): string | undefined {
  return record && new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString();
}
