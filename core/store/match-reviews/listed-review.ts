import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import {
  hasReturned,
  isClosing,
  type ListedReview,
  type MatchReview,
} from '../../domain/order/match-review.ts';
import { readEach } from '../damaged-items.ts';
import { causeOf, type Item, refusal, type Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';
import { readItems } from '../transactions/index-pages.ts';
import { encodeMatchReviewState, isDiscarded, readMatchReviewItem } from './match-review-item.ts';
import { MATCH_REVIEW_PARTITIONS, matchReviewsOfOrder } from './match-reviews.ts';

/** A stored review, and what a write of Junction's answer is guarded by. */
export interface HeldReview {
  readonly review: MatchReview;
  readonly state: string;
  /** Whether it was discarded. Then the list opens or closes it as a new one. */
  readonly isDiscarded: boolean;
  /** When the last webhook that changed it arrived. */
  readonly received_at: Instant | null;
}

/** The stored reviews among these, 100 at most, by id. */
export async function readHeldReviews(
  table: Table,
  ids: readonly string[],
): Promise<Map<string, HeldReview>> {
  const keys = [...new Set(ids)].map((id) => itemKey('MATCH_REVIEW', id));
  const held = readEach(table, await readItems(table, keys), heldReview);
  return new Map(held.map((one) => [one.review.id, one]));
}

function heldReview(item: Item): HeldReview {
  const { state, received_at = null } = item;
  return {
    review: readMatchReviewItem(item),
    state: String(state),
    isDiscarded: isDiscarded(item),
    received_at: received_at as Instant | null,
  };
}

/** When, and for which team, Junction was asked. */
interface Asked {
  readonly at: Instant;
  /** The only team of the key, if it is known. */
  readonly teamId: string | null;
}

/**
 * Stores what Junction's list says about a review, if it differs from what is held and no webhook has changed the review since Junction was
 * asked. Unlike a webhook, the list can lead back to an earlier stage.
 *
 * @returns whether it was written
 */
export async function writeListedReview(
  table: Table,
  listed: ListedReview,
  held: HeldReview | null,
  { at, teamId }: Asked,
): Promise<boolean> {
  const state = encodeMatchReviewState(listed);
  const review = held && !held.isDiscarded ? held.review : null;
  const isReturned = hasReturned(listed, review);
  const isNews = held === null || held.state !== state || (isReturned && held.review.returned_at === null);
  if (!isNews || (held?.received_at ?? '') >= at) return false;
  const fields: Fields = {
    state,
    ...(review === null && { opened_at: at, ...(teamId !== null && { team_id: teamId }) }),
    ...placeOf(listed, review, at),
    ...ofOrder(listed),
    ...(isReturned
      ? { returned_at: listed.updated_at ?? at, returns: (review?.returns ?? 0) + 1 }
      : { returned_at: null }),
    listed_at: listed.updated_at,
    ...causeOf(table),
  };
  return changeReview(table, listed.id, fields, held);
}

/** What to set; null removes the attribute. */
type Fields = Readonly<Record<string, string | number | null>>;

/** The list that it belongs to; nothing if it stays there. */
function placeOf(listed: ListedReview, review: MatchReview | null, at: Instant): Fields {
  const isClosed = isClosing(listed);
  if (review !== null && isClosed === (review.closed_at !== null)) return {};
  return {
    closed_at: isClosed ? at : null,
    s_pk: MATCH_REVIEW_PARTITIONS[isClosed ? 'closed' : 'open'],
    s_sk: `${at}#${listed.id}`,
  };
}

/** The keys of the index that leads from an order to the review. */
function ofOrder({ id, resolved_order_id: orderId }: ListedReview): Fields {
  return orderId === null ? { u_pk: null, u_sk: null } : { u_pk: matchReviewsOfOrder(orderId), u_sk: id };
}

/** Changes a review on condition that it has not changed since it was read. */
async function changeReview(
  table: Table,
  id: string,
  fields: Fields,
  held: HeldReview | null,
): Promise<boolean> {
  const names = Object.keys(fields).filter((name) => fields[name] !== null);
  const remove = Object.keys(fields).filter((name) => fields[name] === null);
  const assignments = names.map((name) => `#${name} = :${name}`).join(', ');
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: itemKey('MATCH_REVIEW', id),
        UpdateExpression: `SET ${assignments}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
        ConditionExpression: held ? '#state = :held' : 'attribute_not_exists(#state)',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
          ...(held && { ':held': held.state }),
        },
      }),
    );
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}
