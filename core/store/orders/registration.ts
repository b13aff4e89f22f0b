import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Registration } from '../../domain/order/order-record.ts';
import type { GuardedWrite } from '../guarded-writes.ts';
import { causeOf, refusal, type Table } from '../table.ts';
import { orderKey } from '../table-layout.ts';
import { updateOf } from './change-order.ts';
import { WAS_PROVISIONAL } from './order-item.ts';

/**
 * Stores the registration of an order, known or not, and replaces an earlier one. On condition that the record still has the
 * version `read` (null if there was none), so that the registration still contradicts nothing.
 */
export async function writeRegistration(
  table: Table,
  orderId: string,
  registered: Registration,
  read: number | null,
): Promise<GuardedWrite> {
  const update = updateOf({
    by: 'api',
    add: { claimed_by: new Set([registered.transaction_id]) },
    replace: { registered, ...causeOf(table) },
    initialize: { [WAS_PROVISIONAL]: false },
  });
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(orderId),
        ...update,
        ConditionExpression: read === null ? 'attribute_not_exists(#version)' : '#version = :read',
        ExpressionAttributeValues: {
          ...update.ExpressionAttributeValues,
          ...(read === null ? {} : { ':read': read }),
        },
      }),
    );
    return 'written';
  } catch (error) {
    refusal(error);
    return 'conflict';
  }
}
