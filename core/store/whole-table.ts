import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

/** The kinds of items that can be scanned. */
export type ScannedKind = 'ORDER' | 'TX';

/** An item's key, as the start of the next page. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
}

export interface ScannedPage {
  readonly ids: readonly string[];
  /** The start of the next page; null after the last page. */
  readonly next: Place | null;
}

/** A segment of the table. Together, the segments 0 to `of` - 1 hold every item once. */
export interface Segment {
  readonly number: number;
  readonly of: number;
}

/**
 * One page of the ids of one kind of item. Only keys are returned, not contents such as quarantined bodies. A page is at most
 * `limit` items of any kind, so it can be empty before the last one.
 */
export async function scanIds(
  table: Table,
  kind: ScannedKind,
  segment: Segment,
  from: Place | null,
  limit: number,
): Promise<ScannedPage> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk',
      FilterExpression: 'sk = :kind',
      ExpressionAttributeValues: { ':kind': kind },
      Segment: segment.number,
      TotalSegments: segment.of,
      Limit: limit,
      ...(from === null ? {} : { ExclusiveStartKey: from }),
    }),
  );
  return {
    ids: Items.map(({ pk }) => String(pk).slice(kind.length + 1)),
    next: LastEvaluatedKey ? { pk: String(LastEvaluatedKey.pk), sk: String(LastEvaluatedKey.sk) } : null,
  };
}

/** A transaction with what its item says it is counted as. */
export interface CountedTransaction {
  readonly id: string;
  /** Its counter. */
  readonly counted: unknown;
  readonly insight: unknown;
}

export interface CountedPage {
  readonly counted: readonly CountedTransaction[];
  readonly next: Place | null;
}

/** One page of transactions with what they are counted as, read consistently. */
export async function scanCounted(table: Table, segment: Segment, from: Place | null): Promise<CountedPage> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk, counted, insight',
      FilterExpression: 'sk = :kind',
      ExpressionAttributeValues: { ':kind': 'TX' },
      Segment: segment.number,
      TotalSegments: segment.of,
      ...(from === null ? {} : { ExclusiveStartKey: from }),
    }),
  );
  return {
    counted: Items.map(({ pk, counted, insight }) => ({
      id: String(pk).slice('TX#'.length),
      counted,
      insight,
    })),
    next: LastEvaluatedKey ? { pk: String(LastEvaluatedKey.pk), sk: String(LastEvaluatedKey.sk) } : null,
  };
}
