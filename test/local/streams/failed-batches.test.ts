import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DataDirectory, openDataDirectory } from '../../../local/files/data-directory.ts';
import type { StreamMapping } from '../../../local/streams/event-source-mapping.ts';
import { keepFailedBatch } from '../../../local/streams/failed-batches.ts';
import type { GivenUp } from '../../../local/streams/stream-batch.ts';
import { testDestination } from '../fixtures/ports.ts';

const source = { streamArn: 'arn:stream', shardId: 'shard' };
const now = new Date('2026-05-01T12:00:00Z');
const batch = {
  condition: 'RetryAttemptsExhausted',
  records: [{ dynamodb: { SequenceNumber: '7', ApproximateCreationDateTime: now.getTime() / 1000 } }],
  invocations: 3,
  requestId: 'r',
  functionError: 'Unhandled',
} as GivenUp;

let data: DataDirectory;

beforeEach(() => {
  data = openDataDirectory(':memory:');
});

afterEach(() => data.close());

function keep(onFailure: StreamMapping['onFailure']): string | undefined {
  const mapping = { id: 'Mapping', function: { arn: 'arn:f' }, onFailure } as StreamMapping;
  return keepFailedBatch(data, mapping, source, batch, now);
}

it('keeps the records in a bucket', () => {
  const file = keep({ bucket: 'Failures' });
  expect(file).toContain('s3/Failures/aws/lambda/Mapping/shard/2026/05/01/2026-05-01T12.00.00-');
  const document = JSON.parse(readFileSync(file ?? '', 'utf8'));
  expect(JSON.parse(document.payload)).toEqual({ Records: batch.records });
});

it('sends anything else a pointer to them', () => {
  const queue = testDestination('arn:queue');
  expect(keep(queue)).toBe('arn:queue');
  const [document = {}] = queue.messages.map(({ body }) => JSON.parse(body));
  expect(document).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
    DDBStreamBatchInfo: { shardId: 'shard', startSequenceNumber: '7', batchSize: 1, streamArn: 'arn:stream' },
  });
  expect(document).not.toHaveProperty('payload');
});

it('says where there is nowhere to go', () => {
  expect(keep(undefined)).toBeUndefined();
});
