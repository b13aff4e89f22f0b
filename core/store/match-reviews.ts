import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MatchReview } from '../domain/order/order-record.ts';
import type { WriteOutcome } from './orders/orders.ts';
import { refusal, type Table } from './table.ts';
import { itemKey } from './table-layout.ts';

/** Stores a state of a match review. States carry no time, so all of them are kept as a set. */
export async function writeMatchReview(table: Table, review: MatchReview): Promise<WriteOutcome> {
  const { id, ...state } = review;
  const element = JSON.stringify(state);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: itemKey('MATCH_REVIEW', id),
        UpdateExpression: 'ADD #states :states',
        ConditionExpression: 'NOT contains(#states, :state)',
        ExpressionAttributeNames: { '#states': 'states' },
        ExpressionAttributeValues: { ':states': new Set([element]), ':state': element },
      }),
    );
    return 'applied';
  } catch (error) {
    refusal(error);
    return 'duplicate';
  }
}
