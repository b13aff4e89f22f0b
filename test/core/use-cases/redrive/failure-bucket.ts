/** A failure bucket like that of the local stack, with batches in Lambda's form. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { onTestFinished } from 'vitest';
import { type FailedBatches, listFailedBatches } from '../../../../core/store/failed-batches.ts';
import { itemName } from '../../../../core/store/table-layout.ts';
import { localClientSettings } from '../../../../tools/local/database/client-settings.ts';
import { startObjectStore } from '../../../../tools/local/services/object-store.ts';
import type { Change } from '../../../../tools/verification/memory-table/memory-table.ts';

export class FailureBucket implements FailedBatches {
  readonly bucket = 'failures';
  readonly client: S3Client;
  readonly #folder: string;

  private constructor(folder: string, url: string) {
    this.#folder = folder;
    this.client = new S3Client({ ...localClientSettings(url), maxAttempts: 1 });
  }

  static async open(): Promise<FailureBucket> {
    const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-failures-'));
    const store = await startObjectStore(new Map([['failures', folder]]));
    const opened = new FailureBucket(folder, store.url);
    onTestFinished(async () => {
      opened.client.destroy();
      await store.stop();
      rmSync(folder, { recursive: true });
    });
    return opened;
  }

  /** Stores changes that were discarded together. @returns the key */
  keep(name: string, changes: readonly Change[]): string {
    const payload = JSON.stringify({ Records: changes.map(streamRecord) });
    return this.write(name, JSON.stringify({ requestContext: { condition: 'RecordAgeExceeded' }, payload }));
  }

  write(name: string, text: string): string {
    mkdirSync(join(this.#folder, 'aws', 'lambda'), { recursive: true });
    writeFileSync(join(this.#folder, 'aws', 'lambda', name), text);
    return `aws/lambda/${name}`;
  }

  keys(): Promise<string[]> {
    return listFailedBatches(this);
  }

  /** The keys of the items in a batch. */
  async itemsIn(key: string): Promise<string[]> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const { payload } = JSON.parse((await Body?.transformToString()) ?? '');
    const { Records }: { Records: ReturnType<typeof streamRecord>[] } = JSON.parse(payload);
    return Records.map(({ dynamodb }) => itemName({ pk: dynamodb.Keys.pk?.S, sk: dynamodb.Keys.sk?.S }));
  }
}

function streamRecord({ before, after }: Change) {
  const { pk, sk } = after ?? before ?? {};
  const image = (item: Change['after']) => item && marshall(item, { removeUndefinedValues: true });
  const [OldImage, NewImage] = [image(before), image(after)];
  const dynamodb = {
    Keys: marshall({ pk, sk }),
    SequenceNumber: String(Date.now()),
    ...(OldImage && { OldImage }),
    ...(NewImage && { NewImage }),
  };
  return { eventID: randomUUID(), eventSource: 'aws:dynamodb', dynamodb };
}
