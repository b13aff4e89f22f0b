import { type AttributeValue, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readOrderItem } from '../../../../core/store/orders/order-item.ts';
import { isOfKind, itemName } from '../../../../core/store/table-layout.ts';
import { type Projection, recompute } from '../../../../core/use-cases/recompute.ts';

/** Failed records are retried, and discarded after the last attempt, as the mapping of the stream does. */
const TRIES = 500;

/** The table's own stream and the recompute function, one record after the other. */
export class OrderStream {
  readonly #projection: Projection;
  // An engine serves its streams at the same endpoint as its tables.
  readonly #streams = new DynamoDBStreamsClient({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  readonly #iterators = new Map<string, string | undefined>();
  /** The keys of the discarded records. */
  readonly givenUp: unknown[] = [];
  #arn = '';

  constructor(projection: Projection) {
    this.#projection = projection;
  }

  /** Processes every change of an order so far, and the changes that this causes. */
  async drain(): Promise<void> {
    while ((await this.#turn()) > 0);
  }

  close(): void {
    this.#streams.destroy();
  }

  async #turn(): Promise<number> {
    await this.#discover();
    let seen = 0;
    for (const [shard, iterator] of this.#iterators) {
      if (iterator === undefined) continue;
      const { Records = [], NextShardIterator } = await this.#streams.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: 1_000 }),
      );
      for (const record of Records) await this.#handle(record);
      this.#iterators.set(shard, NextShardIterator);
      seen += Records.length;
    }
    return seen;
  }

  async #discover(): Promise<void> {
    const { table } = this.#projection;
    if (this.#arn === '') {
      const { Table } = await table.client.send(new DescribeTableCommand({ TableName: table.name }));
      this.#arn = Table?.LatestStreamArn ?? '';
    }
    const { StreamDescription } = await this.#streams.send(
      new DescribeStreamCommand({ StreamArn: this.#arn }),
    );
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      if (this.#iterators.has(ShardId)) continue;
      const { ShardIterator } = await this.#streams.send(
        new GetShardIteratorCommand({
          StreamArn: this.#arn,
          ShardId,
          ShardIteratorType: 'TRIM_HORIZON',
        }),
      );
      this.#iterators.set(ShardId, ShardIterator);
    }
  }

  async #handle({ dynamodb }: _Record): Promise<void> {
    const after = imageOf(dynamodb?.NewImage);
    if (!(after && isOfKind('ORDER', after.sk))) return;
    for (let tried = 1; ; tried += 1) {
      try {
        await recompute(this.#projection, readOrderItem(after));
        return;
      } catch {
        if (tried === TRIES) return void this.givenUp.push(itemName(after));
        await this.#projection.pause(tried);
      }
    }
  }
}

function imageOf(image: unknown): Record<string, unknown> | null {
  return image ? unmarshall(image as Record<string, AttributeValue>) : null;
}
