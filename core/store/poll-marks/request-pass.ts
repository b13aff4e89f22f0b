import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';

/** Requests a pass over the orders that Junction has changed, of one of several teams or of all (null), as soon as possible. Requests before its beginning are one request. */
export async function requestPass(table: Table, at: Instant, team: string | null = null): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: markKey('updates', team),
      UpdateExpression: 'SET #requested_at = if_not_exists(#requested_at, :at) ADD #revision :one',
      ExpressionAttributeNames: { '#requested_at': 'requested_at', '#revision': 'revision' },
      ExpressionAttributeValues: { ':at': at, ':one': 1 },
    }),
  );
}
