import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localClientSettings } from '../../database/client-settings.ts';
import { type ObjectStore, startObjectStore } from '../../services/object-store.ts';

const Bucket = 'failures';
let folder: string;
let store: ObjectStore;
let client: S3Client;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-objects-'));
  store = await startObjectStore(new Map([[Bucket, folder]]));
  client = new S3Client(localClientSettings(store.url));
});

afterEach(async () => {
  client.destroy();
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
});

const put = (Key: string, Body: string, IfMatch?: string) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch }));

async function get(Key: string) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return { text: await Body?.transformToString(), etag: ETag };
}

async function keys(Prefix?: string): Promise<(string | undefined)[][]> {
  const pages: (string | undefined)[][] = [];
  let from: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: from });
    const { Contents = [], NextContinuationToken } = await client.send(command);
    pages.push(Contents.map(({ Key }) => Key));
    from = NextContinuationToken;
  } while (from !== undefined);
  return pages;
}

it('stores objects, lists them by prefix, and removes them', async () => {
  for (const key of ['a/2', 'b/1', 'a/1&<', 'a/3']) await put(key, `of ${key}`);
  expect(await keys('a/')).toEqual([['a/1&<', 'a/2', 'a/3']]);
  expect(await keys()).toEqual([['a/1&<', 'a/2', 'a/3', 'b/1']]);
  expect(await get('a/1&<')).toMatchObject({ text: 'of a/1&<' });
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a/2' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a/2' }));
  expect(await keys('a/')).toEqual([['a/1&<', 'a/3']]);
});

it('lists a thousand objects at a time', async () => {
  const names = Array.from({ length: 1001 }, (_, index) => `${10_000 + index}`);
  for (const name of names) writeFileSync(join(folder, name), '');
  expect(await keys()).toEqual([names.slice(0, 1000), names.slice(1000)]);
});

it('writes on condition that an object is unchanged', async () => {
  await put('one', 'first');
  const { etag } = await get('one');
  await put('one', 'second', etag);
  await expect(put('one', 'third', etag)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(put('gone', 'third', etag)).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect(await get('one')).toMatchObject({ text: 'second' });
});

it('refuses unknown buckets and unsupported operations', async () => {
  await expect(get('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
  const elsewhere = new ListObjectsV2Command({ Bucket: 'other' });
  await expect(client.send(elsewhere)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'one' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 501 },
  });
  const fewer = new ListObjectsV2Command({ Bucket, MaxKeys: 2 });
  await expect(client.send(fewer)).rejects.toThrow('does not support max-keys in a list of objects');
  const outside = await fetch(`${store.url}/${Bucket}/a%2F..%2F..%2Fetc%2Fpasswd`);
  expect(outside.status).toBe(400);
});
