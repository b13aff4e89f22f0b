import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { caller } from '../domain/caller-schema.ts';
import type { SharedView } from '../domain/worklist/shared-view.ts';
import { ownerOfCounts } from './counts/counters.ts';
import { putNextRevision } from './guarded-writes.ts';
import type { Table } from './table.ts';
import { itemKey } from './table-layout.ts';

/** All views of a team are one item: they are read together, and their number is bounded. */
const viewsKey = (teamId: string | null) => itemKey('VIEWS', ownerOfCounts(teamId));

const stored = z.object({
  revision: z.int(),
  views: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      address: z.string(),
      by: z.string(),
      at: z.string(),
      caller,
    }),
  ),
});

export interface SharedViews {
  readonly views: readonly SharedView[];
  /** Null if none was ever saved. */
  readonly read: { readonly revision: number } | null;
}

/** The views that a team shares. Reads consistently. */
export async function readViews(table: Table, teamId: string | null): Promise<SharedViews> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: viewsKey(teamId), ConsistentRead: true }),
  );
  if (!Item) return { views: [], read: null };
  const { views, revision } = stored.parse(Item);
  return { views, read: { revision } };
}

/** Replaces them. Returns whether nobody else changed them since they were read. */
export async function writeViews(
  table: Table,
  teamId: string | null,
  views: readonly SharedView[],
  read: SharedViews['read'],
): Promise<boolean> {
  return (await putNextRevision(table, { ...viewsKey(teamId), views }, read)) !== null;
}
