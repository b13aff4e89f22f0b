import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf } from '../../../core/domain/retention.ts';
import { putNextRevision } from '../../../core/store/guarded-writes.ts';
import type { Table } from '../../../core/store/table.ts';
import { itemKey, TIME_TO_LIVE } from '../../../core/store/table-layout.ts';
import type { Placement } from '../rules/placement.ts';

/** Reads a placement consistently; null if there is none. */
export async function readPlacement(table: Table, id: string): Promise<Placement | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: itemKey('PLACEMENT', id), ConsistentRead: true }),
  );
  if (!Item) return null;
  const { digest, state, revision, first_at, started_at, order_id } = Item as Omit<Placement, 'id'>;
  return { id, digest, state, revision, first_at, started_at, order_id };
}

/**
 * Writes the next state of a placement, on condition that it has not changed since it was read.
 *
 * @param read null if there was none
 * @returns the stored placement; null if another request wrote it
 */
export async function writePlacement(
  table: Table,
  next: Omit<Placement, 'revision'>,
  read: Placement | null,
): Promise<Placement | null> {
  const { id, ...fields } = next;
  const expires = { [TIME_TO_LIVE]: expiryOf('placement', next.first_at) };
  const revision = await putNextRevision(table, { ...itemKey('PLACEMENT', id), ...fields, ...expires }, read);
  return revision === null ? null : { ...next, revision };
}
