import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

/** The kinds of items that can be walked through. */
export type WalkedKind = 'ORDER' | 'TX';

/** An item's key, as a place to go on from. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
}

export interface ScannedPage {
  readonly ids: readonly string[];
  /** Where the next page begins; null after the last. */
  readonly next: Place | null;
}

/** A part of the table's whole; together the segments 0 to `of` - 1 hold every item once. */
export interface Segment {
  readonly number: number;
  readonly of: number;
}

/**
 * One page of the ids of one kind of item. Only keys are asked for: what the items hold, the quarantined bodies among
 * them, stays unread. A page holds at most `limit` items of any kind, so it can be empty and not be the last.
 */
export async function scanIds(
  table: Table,
  kind: WalkedKind,
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

export interface CountedPage {
  /** Transactions by id, and as what each says it is counted. */
  readonly counted: readonly (readonly [id: string, counter: unknown])[];
  readonly next: Place | null;
}

/** One page of what transactions say they are counted as, all writes that were answered included. */
export async function scanCounted(table: Table, segment: Segment, from: Place | null): Promise<CountedPage> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk, counted',
      FilterExpression: 'sk = :kind',
      ExpressionAttributeValues: { ':kind': 'TX' },
      Segment: segment.number,
      TotalSegments: segment.of,
      ...(from === null ? {} : { ExclusiveStartKey: from }),
    }),
  );
  return {
    counted: Items.map(({ pk, counted }) => [String(pk).slice('TX#'.length), counted] as const),
    next: LastEvaluatedKey ? { pk: String(LastEvaluatedKey.pk), sk: String(LastEvaluatedKey.sk) } : null,
  };
}
