import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { quarantineKey, type Table } from './table.ts';

/** Something signed that could not be understood or stored. */
export interface Quarantined {
  /** The bytes as they came. */
  readonly body: Buffer;
  readonly reason: string;
  readonly receivedAt: Instant;
  /** Days until it is deleted. */
  readonly retentionDays: number;
}

/** An item holds 400 KB at most; a body of 1 MiB that does not compress takes several. */
const PART_BYTES = 350_000;
const DAY_SECONDS = 86_400;

const compress = promisify(gzip);

/** The partition of the index by status that lists what is in quarantine. */
export const QUARANTINE_PARTITION = 'QUARANTINE';

/** The key of a piece of a body; pieces count from 0. */
export const quarantinePartKey = (id: string, part: number) => ({
  pk: quarantineKey(id).pk,
  sk: `PART#${String(part).padStart(3, '0')}`,
});

/** Keeps a body we could not use. Its id is its content, so that a second delivery adds nothing. */
export async function quarantine(table: Table, { body, reason, receivedAt, retentionDays }: Quarantined) {
  const id = createHash('sha256').update(body).digest('hex').slice(0, 40);
  const { pk, sk } = quarantineKey(id);
  const expires_at = Math.floor(Date.parse(receivedAt) / 1_000) + retentionDays * DAY_SECONDS;
  const compressed = await compress(body);
  const parts = Math.ceil(compressed.length / PART_BYTES);
  const head = {
    ...{ pk, sk, reason, received_at: receivedAt, size: body.length, parts, expires_at },
    // Listed beside the transactions, newest first, under a partition of its own.
    ...{ status_pk: QUARANTINE_PARTITION, status_sk: `${receivedAt}#${id}` },
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
          // Unconditional: expiry may have taken the head already and not yet all parts.
          ...tails.map((Item) => ({ Put: { TableName: table.name, Item } })),
        ],
      }),
    );
  } catch (error) {
    if (!isHeldAlready(error)) throw error;
  }
  return { id };
}

/** Whether nothing but its head was in the way. Where nobody says what was, the body must not be taken for kept. */
function isHeldAlready(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const [head, ...parts] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
  return head === 'ConditionalCheckFailed' && parts.every((code) => code === 'None');
}
