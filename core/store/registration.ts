import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ClientUser, Registration } from '../domain/order/order-record.ts';
import { encodeClientUser, UNHEARD } from './order-item.ts';
import { orderKey, refusal, type Table } from './table.ts';

/** What a registration adds to an order's record. */
export interface RegistrationFacts {
  readonly registered: Registration;
  readonly transactionId: string;
  readonly clientUser: ClientUser | null;
}

/**
 * Notes on an order, known or not, that the customer registered it: on condition that its record is as it was read
 * at version `read` (null: there was none), so that what was found not to contradict it still does not.
 */
export async function writeRegistration(
  table: Table,
  orderId: string,
  { registered, transactionId, clientUser }: RegistrationFacts,
  read: number | null,
): Promise<'written' | 'conflict'> {
  const pair = clientUser && encodeClientUser(clientUser);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(orderId),
        UpdateExpression: `SET #registered = :registered ADD #version :one, #unheard :one, #ids :ids${pair ? ', #pairs :pairs' : ''}`,
        ConditionExpression: read === null ? 'attribute_not_exists(#version)' : '#version = :read',
        ExpressionAttributeNames: {
          '#registered': 'registered',
          '#version': 'version',
          '#unheard': UNHEARD,
          '#ids': 'transaction_ids',
          ...(pair ? { '#pairs': 'client_users' } : {}),
        },
        ExpressionAttributeValues: {
          ':registered': registered,
          ':one': 1,
          ':ids': new Set([transactionId]),
          ...(pair ? { ':pairs': new Set([pair]) } : {}),
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
