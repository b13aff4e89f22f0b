import { randomUUID } from 'node:crypto';
import { replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { DiscardedBatch } from './stream-batch.ts';
import type { LambdaRecord } from './stream-records.ts';

interface Source {
  streamArn: string;
  shardId: string;
}

/**
 * Keeps a discarded batch in the on-failure bucket of the mapping, as Lambda does: one object with the records,
 * `s3/<bucket>/aws/lambda/<mapping>/<shard>/YYYY/MM/DD/<time>-<uuid>` in the data directory.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 * @returns the path of the file
 */
export function keepFailedBatch(
  data: DataDirectory,
  mapping: EventSourceMapping,
  source: Source,
  batch: DiscardedBatch,
  now: Date,
): string {
  const document = documentOf(mapping, source, batch, now);
  const [date = '', clock = ''] = now.toISOString().slice(0, 19).split('T');
  const name = `${date}T${clock.replaceAll(':', '.')}-${randomUUID()}`;
  const folder = [
    's3',
    mapping.failureBucket,
    'aws',
    'lambda',
    mapping.id,
    source.shardId,
    ...date.split('-'),
  ];
  const file = data.file(...folder, name);
  // Lambda writes the records as a text within the document.
  const payload = JSON.stringify({ Records: batch.records });
  replaceFile(file, JSON.stringify({ ...document, payload }, null, 2));
  return file;
}

function documentOf(
  mapping: EventSourceMapping,
  { streamArn, shardId }: Source,
  batch: DiscardedBatch,
  now: Date,
) {
  const [first, last] = [batch.records[0], batch.records.at(-1)];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: mapping.function.arn,
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: batch.invocations,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: null,
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
