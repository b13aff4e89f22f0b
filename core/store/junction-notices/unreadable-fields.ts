import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import { wholeNumbers } from '../damaged-items.ts';
import type { Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';

/** A field of Junction's data that could not be read. */
export interface UnreadableField {
  /** For example `order.lab_test.name`. */
  readonly field: string;
  /** How often it could not be read. */
  readonly count: number;
  readonly last_seen_at: Instant;
}

const fieldsKey = itemKey('NOTICE', 'unreadable_fields');
/** The prefixes of the two attributes of each field. */
const [COUNT, SEEN] = ['count:', 'seen:'];

/** Adds to the counts of fields that could not be read. The names are those of a schema, so that the item stays small. */
export async function countUnreadableFields(
  table: Table,
  counts: ReadonlyMap<string, number>,
  at: Instant,
): Promise<void> {
  const fields = [...counts].map(([field, by], index) => ({ field, by, index }));
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: fieldsKey,
      UpdateExpression: [
        `SET ${fields.map(({ index }) => `#seen${index} = :at`).join(', ')}`,
        `ADD ${fields.map(({ index }) => `#count${index} :by${index}`).join(', ')}`,
      ].join(' '),
      ExpressionAttributeNames: Object.fromEntries(
        fields.flatMap(({ field, index }) => [
          [`#seen${index}`, SEEN + field],
          [`#count${index}`, COUNT + field],
        ]),
      ),
      ExpressionAttributeValues: {
        ':at': at,
        ...Object.fromEntries(fields.map(({ by, index }) => [`:by${index}`, by])),
      },
    }),
  );
}

/** The fields that could not be read, the most recent first. */
export async function readUnreadableFields(table: Table): Promise<UnreadableField[]> {
  const { Item = {} } = await table.client.send(new GetCommand({ TableName: table.name, Key: fieldsKey }));
  const counts = Object.entries(Item).filter(([name]) => name.startsWith(COUNT));
  return wholeNumbers(table, fieldsKey, counts)
    .map(([name, count]) => {
      const field = name.slice(COUNT.length);
      return { field, count, last_seen_at: String(Item[SEEN + field]) };
    })
    .toSorted((a, b) => (a.last_seen_at < b.last_seen_at ? 1 : -1));
}
