import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import type { QuarantineState } from '../../domain/quarantine.ts';
import type { Table } from '../table.ts';
import type { ItemKey } from '../table-layout.ts';

/** A signed webhook that could not be parsed or stored. */
export interface Quarantined {
  /** The original bytes. */
  readonly body: Buffer;
  readonly reason: string;
  /** The ids of what it is about. */
  readonly origin?: Readonly<Record<string, string | null>>;
  readonly receivedAt: Instant;
  /** Days until it is deleted. */
  readonly retentionDays: number;
}

/** An item holds 400 KB at most, so a body of 1 MiB that does not compress takes several. */
const PART_BYTES = 350_000;
const DAY_SECONDS = 86_400;

/** The module is loaded when it is needed, because an ordinary webhook is not quarantined. */
async function compress(body: Buffer): Promise<Buffer> {
  const { gzip } = await import('node:zlib');
  return promisify(gzip)(body);
}

/** The partitions of the quarantine's index by status. */
export const QUARANTINE_PARTITIONS: Readonly<Record<QuarantineState, string>> = {
  waiting: 'QUARANTINE#waiting',
  replayed: 'QUARANTINE#replayed',
  dismissed: 'QUARANTINE#dismissed',
};

/** The key of a webhook without its body. */
export const quarantineKey = (id: string): ItemKey => ({ pk: `QUARANTINE#${id}`, sk: 'QUARANTINE' });

/** The key of a part of a body. Parts are numbered from 0. */
export const quarantinePartKey = (id: string, part: number): ItemKey => ({
  pk: quarantineKey(id).pk,
  sk: `PART#${String(part).padStart(3, '0')}`,
});

/** Stores a body that could not be used in the table of the quarantine. Its id is derived from its content, so that a second delivery adds nothing. */
export async function quarantine(
  table: Table,
  { body, reason, origin = {}, receivedAt, retentionDays }: Quarantined,
) {
  const id = createHash('sha256').update(body).digest('hex').slice(0, 40);
  const expires_at = Math.floor(Date.parse(receivedAt) / 1_000) + retentionDays * DAY_SECONDS;
  const compressed = await compress(body);
  const parts = Math.ceil(compressed.length / PART_BYTES);
  const head = {
    ...quarantineKey(id),
    ...origin,
    // The id under which Svix delivered it.
    message_id: table.correlationId?.() ?? null,
    reason,
    received_at: receivedAt,
    size: body.length,
    parts,
    expires_at,
    s_pk: QUARANTINE_PARTITIONS.waiting,
    s_sk: `${receivedAt}#${id}`,
  };
  const tails = Array.from({ length: parts }, (_, part) => ({
    ...quarantinePartKey(id, part),
    body: compressed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
    expires_at,
  }));
  try {
    await table.client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: table.name, Item: head, ConditionExpression: 'attribute_not_exists(pk)' } },
          // Unconditional, because the head can expire before its parts.
          ...tails.map((Item) => ({ Put: { TableName: table.name, Item } })),
        ],
      }),
    );
  } catch (error) {
    if (!isAlreadyStored(error)) throw error;
  }
  return { id };
}

/** Whether only the existing head failed the write. Without a stated reason, the body does not count as stored. */
function isAlreadyStored(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const [head, ...parts] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  return head === 'ConditionalCheckFailed' && parts.every((code) => code === 'None');
}
