import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Milliseconds } from '../../../core/domain/duration.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { readEach } from '../../../core/store/damaged-items.ts';
import { type GuardedWrite, unchangedSince, writeTogether } from '../../../core/store/guarded-writes.ts';
import type { Item, Table } from '../../../core/store/table.ts';
import { transactionKey } from '../../../core/store/table-layout.ts';
import { dueKeys } from '../../../core/store/transactions/due-index.ts';
import type { PatientMessage } from '../rules/message.ts';
import type { PatientRecord } from '../rules/patient-record.ts';
import {
  MESSAGE_CHECKS,
  messageItem,
  messageKey,
  messagePartition,
  readMessageItem,
} from './message-item.ts';
import { patientItem } from './patients.ts';
import { sentSmsItem } from './sent-sms.ts';

/** Reads a message consistently; null if there is none. */
export async function readMessage(
  table: Table,
  message: Pick<PatientMessage, 'transaction_id' | 'id'>,
): Promise<PatientMessage | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: messageKey(message), ConsistentRead: true }),
  );
  return Item ? readMessageItem(Item) : null;
}

/**
 * All messages of a transaction, read consistently.
 *
 * @throws DamagedItem if one of them is damaged: what was sent must be known before anything is
 */
export async function readMessages(table: Table, transactionId: string): Promise<PatientMessage[]> {
  return (await messageItems(table, transactionId)).map(readMessageItem);
}

/** The same for a list, without those that are damaged. */
export async function listMessages(table: Table, transactionId: string): Promise<PatientMessage[]> {
  return readEach(table, await messageItems(table, transactionId), readMessageItem);
}

async function messageItems(table: Table, transactionId: string): Promise<Item[]> {
  const found: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': messagePartition(transactionId) },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    found.push(...Items);
    from = LastEvaluatedKey;
  } while (from);
  return found;
}

/**
 * The ids of the transactions with a message due by `now`, one page at a time. An id can be repeated. The index can lag
 * behind the table. Each run begins with another bucket, so that no bucket is always last when time is short; `every` is the time
 * from one run to the next.
 */
export async function* transactionsToLookAt(
  table: Table,
  now: Instant,
  every: Milliseconds,
): AsyncGenerator<readonly string[]> {
  const turn = Math.floor(Date.parse(now) / every);
  for await (const page of dueKeys(table, { index: 'checks', partition: MESSAGE_CHECKS }, now, turn)) {
    yield page.map(({ pk }) => pk.slice('MESSAGE#'.length));
  }
}

/** Items to write atomically. Each is written on condition that it has not changed since it was read. */
export interface MessageWrites {
  readonly messages: readonly {
    readonly next: PatientMessage;
    /** Null if there was none. */
    readonly read: PatientMessage | null;
  }[];
  readonly patient?: { readonly next: PatientRecord; readonly read: PatientRecord } | undefined;
  /** The transaction that must not have changed either. */
  readonly transaction?: StoredTransaction | undefined;
}

export async function writeMessages(
  table: Table,
  { messages, patient, transaction }: MessageWrites,
): Promise<GuardedWrite> {
  const TransactItems: Parameters<typeof writeTogether>[1] = messages.map(({ next, read }) => ({
    Put: { TableName: table.name, Item: messageItem(next), ...unchangedSince(read) },
  }));
  const sent = messages.map(({ next, read }) =>
    read?.provider_id === next.provider_id ? null : sentSmsItem(next),
  );
  TransactItems.push(...sent.flatMap((Item) => (Item ? [{ Put: { TableName: table.name, Item } }] : [])));
  if (patient) {
    const { next, read } = patient;
    const guard = unchangedSince(read.revision === 0 ? null : read);
    TransactItems.push({ Put: { TableName: table.name, Item: patientItem(next), ...guard } });
  }
  if (transaction) {
    const Key = transactionKey(transaction.id);
    TransactItems.push({ ConditionCheck: { TableName: table.name, Key, ...unchangedSince(transaction) } });
  }
  return writeTogether(table, TransactItems);
}
