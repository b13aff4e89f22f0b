import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item, Table } from './table.ts';
import { type ItemKey, idIn, type SearchableKind } from './table-layout.ts';

/** An item's key, as the start of the next page. */
export type Place = ItemKey;

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
 * One page of the ids of one kind of item. Only keys are returned. A page is at most
 * `limit` items of any kind, so it can be empty before the last one.
 */
export async function scanIds(
  table: Table,
  kind: SearchableKind,
  segment: Segment,
  from: Place | null,
  limit: number,
): Promise<ScannedPage> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk',
      FilterExpression: 'begins_with(sk, :kind)',
      ExpressionAttributeValues: { ':kind': kind },
      Segment: segment.number,
      TotalSegments: segment.of,
      Limit: limit,
      ...(from === null ? {} : { ExclusiveStartKey: from }),
    }),
  );
  return { ids: Items.map((item) => idIn(kind, item)), next: placeIn(LastEvaluatedKey) };
}

const placeIn = (key: Item | undefined): Place | null =>
  key ? { pk: String(key.pk), sk: String(key.sk) } : null;

export interface KeysPage {
  readonly keys: readonly ItemKey[];
  /** The start of the next page; null after the last page. */
  readonly next: Place | null;
}

/** One page of the keys of all items. */
export async function scanKeys(
  table: Table,
  segment: Segment,
  from: Place | null,
  limit: number,
): Promise<KeysPage> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      Select: 'SPECIFIC_ATTRIBUTES',
      ProjectionExpression: 'pk, sk',
      Segment: segment.number,
      TotalSegments: segment.of,
      Limit: limit,
      ...(from === null ? {} : { ExclusiveStartKey: from }),
    }),
  );
  return {
    keys: Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    next: placeIn(LastEvaluatedKey),
  };
}

/** One page of whole items, read consistently. Any key can be the start of a page. */
export async function scanItems(
  table: Table,
  from: Place | null,
  limit: number,
): Promise<{ readonly items: readonly Item[]; readonly next: Place | null }> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      ConsistentRead: true,
      Limit: limit,
      ...(from === null ? {} : { ExclusiveStartKey: from }),
    }),
  );
  return { items: Items, next: placeIn(LastEvaluatedKey) };
}
