import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import * as z from 'zod/mini';

/** The bucket where Lambda stores the stream batches that it discarded, one object each. */
export interface FailedBatches {
  readonly client: S3Client;
  readonly bucket: string;
}

const attributes = z.record(z.string(), z.unknown());

/** The fields of a stream record that are read here. The other fields are kept. */
const streamRecord = z.looseObject({
  dynamodb: z.looseObject({
    Keys: z.looseObject({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
    OldImage: z.optional(attributes),
    NewImage: z.optional(attributes),
  }),
});

export type FailedRecord = z.output<typeof streamRecord>;

/**
 * What Lambda writes to an S3 destination: an invocation record whose payload is the function's event as text.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const invocationRecord = z.looseObject({ payload: z.string() });
const streamEvent = z.looseObject({ Records: z.array(streamRecord) });

/** A batch, with the ETag that shows whether it has changed since it was read. */
export interface FailedBatch {
  readonly key: string;
  readonly records: readonly FailedRecord[];
  readonly invocation: z.output<typeof invocationRecord>;
  readonly etag: string | undefined;
}

/** An object in the bucket does not have Lambda's form. Its text is not quoted, because its content is unknown. */
class UnreadableBatch extends Error {
  override readonly name = 'UnreadableBatch';
}

/** The prefix of Lambda's objects: `<mapping>/<shard>/<date>/<time>-<uuid>`. */
const PREFIX = 'aws/lambda/';
/** Pages of 1,000 keys. Further keys are listed once these are removed. */
const MAX_PAGES = 50;

/** The keys of all batches, the oldest of each shard first; 50,000 at most. */
export async function listFailedBatches({ client, bucket }: FailedBatches): Promise<string[]> {
  const keys: string[] = [];
  let from: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { Contents = [], NextContinuationToken } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: PREFIX, ContinuationToken: from }),
    );
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
    from = NextContinuationToken;
    if (from === undefined) break;
  }
  return keys;
}

/**
 * Reads a batch; null if it was removed.
 *
 * @throws UnreadableBatch
 */
export async function readFailedBatch(
  { client, bucket }: FailedBatches,
  key: string,
): Promise<FailedBatch | null> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return batchIn(key, (await Body?.transformToString()) ?? '', ETag);
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}

function batchIn(key: string, text: string, etag: string | undefined): FailedBatch {
  const invocation = invocationRecord.safeParse(parsed(text));
  const event = streamEvent.safeParse(invocation.success && parsed(invocation.data.payload));
  if (!invocation.success || !event.success) throw new UnreadableBatch('not a batch of the table’s stream');
  return { key, records: event.data.Records, invocation: invocation.data, etag };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Removes a completed batch. Succeeds also if it was already removed. */
export async function removeFailedBatch({ client, bucket }: FailedBatches, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/**
 * Reduces a batch to the given records, unless another run has changed or removed it since it was read.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function narrowFailedBatch(
  { client, bucket }: FailedBatches,
  { key, invocation, etag }: FailedBatch,
  records: readonly FailedRecord[],
): Promise<void> {
  const Body = JSON.stringify({ ...invocation, payload: JSON.stringify({ Records: records }) });
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, IfMatch: etag }));
  } catch (error) {
    if (!isChanged(error)) throw error;
  }
}

/** S3 answers 404 for an object that is gone, 412 for one that differs, 409 for a write at the same moment. */
function isChanged(error: unknown): boolean {
  return error instanceof S3ServiceException && [404, 409, 412].includes(error.$metadata.httpStatusCode ?? 0);
}
