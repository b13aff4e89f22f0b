import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import { isClosing, type MatchReviewReport } from '../../domain/order/match-review.ts';
import type { WriteOutcome } from '../orders/orders.ts';
import { causeOf, refusal, type Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';

/** The partitions of the index by status that list the reviews. */
export const MATCH_REVIEW_PARTITIONS = { open: 'MATCH_REVIEW#open', closed: 'MATCH_REVIEW#closed' } as const;

/** The partition of the index by user that lists the reviews that assigned a result to this order. */
export const matchReviewsOfOrder = (orderId: string) => `MATCH_REVIEW#${orderId}`;

/**
 * Stores a state of a match review that arrived at `at`. States carry no time, so all of them are kept as a set, and a
 * closed review stays closed.
 */
export async function writeMatchReview(
  table: Table,
  { id, team_id, ...state }: MatchReviewReport,
  at: Instant,
): Promise<WriteOutcome> {
  const element = JSON.stringify(state);
  const elements = new Set([element]);
  const initial = { opened_at: at, ...(team_id !== null && { team_id }) };
  const write = isClosing(state)
    ? {
        initialize: { ...initial, closed_at: at },
        replace: { ...inList(MATCH_REVIEW_PARTITIONS.closed, at, id), ...ofResolvedOrder(state, id) },
        condition: 'NOT contains(#states, :state)',
      }
    : {
        initialize: { ...initial, ...inList(MATCH_REVIEW_PARTITIONS.open, at, id) },
        replace: {},
        condition: 'attribute_not_exists(closed_at) AND NOT contains(#states, :state)',
      };
  const held = await update(table, id, elements, write);
  if (held === null) return 'applied';
  if ((held.states as ReadonlySet<string>).has(element)) return 'duplicate';
  // A late state of a closed review.
  await update(table, id, elements, {
    initialize: initial,
    replace: {},
    condition: 'attribute_exists(closed_at)',
  });
  return 'merged';
}

function inList(status_pk: string, at: Instant, id: string) {
  return { status_pk, status_sk: `${at}#${id}` };
}

function ofResolvedOrder({ resolved_order_id: orderId }: { resolved_order_id: string | null }, id: string) {
  return orderId === null ? {} : { user_pk: matchReviewsOfOrder(orderId), user_sk: id };
}

interface Write {
  /** Attributes to set if they are absent. */
  readonly initialize: Readonly<Record<string, string>>;
  readonly replace: Readonly<Record<string, string>>;
  readonly condition: string;
}

/** @returns null if the write was made, otherwise the item that failed the condition */
async function update(
  table: Table,
  id: string,
  states: ReadonlySet<string>,
  { initialize, replace, condition }: Write,
): Promise<Record<string, unknown> | null> {
  const replaced = { ...replace, ...causeOf(table) };
  const attributes = { ...initialize, ...replaced };
  const assignments = [
    ...Object.keys(initialize).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...Object.keys(replaced).map((name) => `#${name} = :${name}`),
  ];
  const [state] = states;
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: itemKey('MATCH_REVIEW', id),
        UpdateExpression: `SET ${assignments.join(', ')} ADD #states :states`,
        ConditionExpression: condition,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ExpressionAttributeNames: {
          '#states': 'states',
          ...Object.fromEntries(Object.keys(attributes).map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ':states': states,
          ...(condition.includes(':state)') && { ':state': state }),
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value])),
        },
      }),
    );
    return null;
  } catch (error) {
    return refusal(error).item ?? {};
  }
}
