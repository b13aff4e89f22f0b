import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { MatchReview, ShownReviewState } from '../../domain/order/match-review.ts';
import { readEach } from '../damaged-items.ts';
import type { Table } from '../table.ts';
import { type ItemKey, itemKey } from '../table-layout.ts';
import { type PageRequest, readIndexPage, readItems } from '../transactions/index-pages.ts';
import { isDiscarded, readMatchReviewItem } from './match-review-item.ts';
import { MATCH_REVIEW_PARTITIONS, matchReviewsOfOrder } from './match-reviews.ts';

/** No order is known to have more than one. */
const MAX_OF_ORDER = 10;

/** A page of the reviews: the open ones, longest open first, or the closed ones, last closed first. */
export async function listMatchReviews(
  table: Table,
  state: ShownReviewState,
  request: PageRequest,
): Promise<{ reviews: MatchReview[]; next: string | null }> {
  const { entries, next } = await readIndexPage(
    table,
    { index: 'by_status', partitions: [MATCH_REVIEW_PARTITIONS[state]], newestFirst: state === 'closed' },
    request,
  );
  return { reviews: await readAll(table, entries, !request.onlyCounted), next };
}

/** Reads a match review consistently; null if there is none, or if it was discarded. */
export async function readMatchReview(table: Table, id: string): Promise<MatchReview | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: itemKey('MATCH_REVIEW', id), ConsistentRead: true }),
  );
  return Item && !isDiscarded(Item) ? readMatchReviewItem(Item) : null;
}

/** The reviews that assigned a result to an order. */
export async function matchReviewsOf(table: Table, orderId: string): Promise<MatchReview[]> {
  const list = { index: 'by_user', partitions: [matchReviewsOfOrder(orderId)], newestFirst: false } as const;
  const { entries } = await readIndexPage(table, list, { limit: MAX_OF_ORDER, after: null });
  return readAll(table, entries);
}

async function readAll(table: Table, keys: readonly ItemKey[], consistently = true): Promise<MatchReview[]> {
  const items = await readItems(table, keys, consistently);
  // The index can lag behind the table.
  return readEach(
    table,
    items.filter((item) => !isDiscarded(item)),
    readMatchReviewItem,
  );
}
