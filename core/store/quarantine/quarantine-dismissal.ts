import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Dismissal } from '../../domain/quarantine.ts';
import { refusal, type Table } from '../table.ts';
import { QUARANTINE_PARTITIONS, quarantineKey } from './quarantine.ts';

/**
 * Dismisses a webhook that waits and has not been dismissed.
 *
 * @returns whether it was dismissed
 */
export async function storeDismissal(table: Table, id: string, dismissal: Dismissal): Promise<boolean> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: quarantineKey(id),
        // A replay that still cannot parse it keeps it in the list `unparsed_pk`.
        UpdateExpression: 'SET dismissal = :dismissal, s_pk = :dismissed, unparsed_pk = :dismissed',
        ConditionExpression: 's_pk = :waiting',
        ExpressionAttributeValues: {
          ':dismissal': dismissal,
          ':dismissed': QUARANTINE_PARTITIONS.dismissed,
          ':waiting': QUARANTINE_PARTITIONS.waiting,
        },
      }),
    );
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}
