import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DataDirectory, openDataDirectory } from '../../files/data-directory.ts';
import type { EventSourceMapping } from '../../streams/event-source-mapping.ts';
import { keepFailedBatch } from '../../streams/failed-batches.ts';
import type { DiscardedBatch } from '../../streams/stream-batch.ts';

const source = { streamArn: 'arn:stream', shardId: 'shard' };
const now = new Date('2026-05-01T12:00:00Z');
const batch = {
  records: [{ dynamodb: { SequenceNumber: '7', ApproximateCreationDateTime: now.getTime() / 1000 } }],
  invocations: 3,
} as DiscardedBatch;

let data: DataDirectory;

beforeEach(() => {
  data = openDataDirectory(':memory:');
});

afterEach(() => data.close());

it('stores the records in the on-failure bucket of the mapping', () => {
  const mapping = {
    id: 'Mapping',
    function: { arn: 'arn:f' },
    failureBucket: 'Failures',
  } as EventSourceMapping;
  const file = keepFailedBatch(data, mapping, source, batch, now);
  expect(file).toContain('s3/Failures/aws/lambda/Mapping/shard/2026/05/01/2026-05-01T12.00.00-');
  const document = JSON.parse(readFileSync(file, 'utf8'));
  expect(document).toMatchObject({
    requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 3 },
    DDBStreamBatchInfo: { shardId: 'shard', startSequenceNumber: '7', batchSize: 1, streamArn: 'arn:stream' },
  });
  expect(JSON.parse(document.payload)).toEqual({ Records: batch.records });
});
