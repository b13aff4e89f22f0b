import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf } from '../../../core/domain/retention.ts';
import type { Item, Table } from '../../../core/store/table.ts';
import { itemKey, TIME_TO_LIVE } from '../../../core/store/table-layout.ts';
import type { PatientMessage } from '../rules/message.ts';

type Named = Pick<PatientMessage, 'transaction_id' | 'id'>;

/**
 * Finds an SMS by the provider's id of it, which is all that a reply names besides phone numbers; null if this deployment has
 * not sent it, or not within a year.
 */
export async function readSentSms(table: Table, providerId: string): Promise<Named | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: itemKey('SENT_SMS', providerId), ConsistentRead: true }),
  );
  return Item ? { transaction_id: String(Item.transaction_id), id: String(Item.message_id) } : null;
}

/** The item that leads from the provider's id to an SMS that it took; null for any other message. */
export function sentSmsItem({
  channel,
  provider_id,
  transaction_id,
  id,
  sent_at,
}: PatientMessage): Item | null {
  if (channel !== 'sms' || provider_id === null || sent_at === null) return null;
  return {
    ...itemKey('SENT_SMS', provider_id),
    transaction_id,
    message_id: id,
    [TIME_TO_LIVE]: expiryOf('sent_sms', sent_at),
  };
}
