import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import type { Discard } from '../../domain/order/discard.ts';
import {
  isClosing,
  type MatchReview,
  type MatchReviewReport,
  type ShownReviewState,
} from '../../domain/order/match-review.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import { causeOf, refusal, type Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';
import { discardedState, encodeMatchReviewState } from './match-review-item.ts';

/** The partitions of the index by status that list the reviews. */
export const MATCH_REVIEW_PARTITIONS: Readonly<Record<ShownReviewState, string>> = {
  open: 'MATCH_REVIEW#open',
  closed: 'MATCH_REVIEW#closed',
};

/** The partition of the index by user that lists the reviews that assigned a result to this order. */
export const matchReviewsOfOrder = (orderId: string) => `MATCH_REVIEW#${orderId}`;

/**
 * Stores a state of a match review that a webhook reported at `at`, unless the stored one is at a later stage. States carry no time,
 * so only Junction's list, which has times, can lead back to an earlier stage.
 */
export async function writeMatchReview(
  table: Table,
  { id, team_id, ...state }: MatchReviewReport,
  at: Instant,
): Promise<WriteOutcome> {
  const encoded = encodeMatchReviewState(state);
  const place = `${at}#${id}`;
  const initial = { opened_at: at, ...(team_id !== null && { team_id }) };
  const orderId = state.resolved_order_id;
  const change: Change = {
    ...(isClosing(state)
      ? {
          initialize: initial,
          replace: {
            received_at: at,
            closed_at: at,
            s_pk: MATCH_REVIEW_PARTITIONS.closed,
            s_sk: place,
          },
        }
      : {
          initialize: { ...initial, s_pk: MATCH_REVIEW_PARTITIONS.open, s_sk: place },
          replace: { received_at: at },
        }),
    ofOrder: orderId === null ? null : { u_pk: matchReviewsOfOrder(orderId), u_sk: id },
  };
  const held = await replaceState(table, id, encoded, change);
  if (held === null) return 'applied';
  return held.state === encoded ? 'duplicate' : 'superseded';
}

/**
 * Takes a review off every list, until Junction speaks of it again.
 *
 * @returns whether it was there, unchanged since it was read
 */
export async function discardMatchReview(
  table: Table,
  review: MatchReview,
  discarded: Discard,
): Promise<boolean> {
  const state = encodeMatchReviewState(review);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: itemKey('MATCH_REVIEW', review.id),
        UpdateExpression:
          'SET discarded = :discarded, #state = :none REMOVE s_pk, s_sk, u_pk, u_sk, closed_at, returned_at',
        ConditionExpression: '#state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':discarded': discarded,
          ':state': state,
          ':none': discardedState(state),
        },
      }),
    );
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}

interface Change {
  /** Attributes to set if they are absent. */
  readonly initialize: Readonly<Record<string, string>>;
  readonly replace: Readonly<Record<string, string>>;
  /** The keys of the index that leads from an order to the review; null to leave it. */
  readonly ofOrder: Readonly<Record<'u_pk' | 'u_sk', string>> | null;
}

/** @returns null if the state was replaced, otherwise the item, whose state is not earlier */
async function replaceState(
  table: Table,
  id: string,
  state: string,
  { initialize, replace, ofOrder }: Change,
): Promise<Record<string, unknown> | null> {
  const replaced = { state, ...replace, ...ofOrder, ...causeOf(table) };
  const attributes = { ...initialize, ...replaced };
  const assignments = [
    ...Object.keys(initialize).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...Object.keys(replaced).map((name) => `#${name} = :${name}`),
  ];
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: itemKey('MATCH_REVIEW', id),
        UpdateExpression: `SET ${assignments.join(', ')} REMOVE ${['returned_at', ...(ofOrder ? [] : ['u_pk', 'u_sk'])].join(', ')}`,
        ConditionExpression: 'attribute_not_exists(#state) OR #state < :state',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ExpressionAttributeNames: Object.fromEntries(
          Object.keys(attributes).map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    );
    return null;
  } catch (error) {
    return refusal(error).item ?? {};
  }
}
