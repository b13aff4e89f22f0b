import * as z from 'zod/mini';
import { caller } from '../../../core/domain/caller-schema.ts';
import { CHANNELS } from '../../../core/domain/transaction/told.ts';
import { readAttributes } from '../../../core/store/damaged-items.ts';
import { storedTime, storedTimeOrNull, timeKey } from '../../../core/store/stored-times.ts';
import { bucketOf, type Item } from '../../../core/store/table.ts';
import { MESSAGE_STATES, nextLook, type PatientMessage, type TemplateName } from '../rules/message.ts';

/** The partition of the index of checks that lists the messages to look at. */
export const MESSAGE_CHECKS = 'MESSAGE_CHECK';

/** The partition of all messages of a transaction. */
export const messagePartition = (transactionId: string) => `MESSAGE#${transactionId}`;

/** The key of a message: its transaction and its own id. */
export const messageKey = ({ transaction_id, id }: Pick<PatientMessage, 'transaction_id' | 'id'>) => ({
  pk: messagePartition(transaction_id),
  sk: id,
});

/** The item of a message. A settled message is in no index. */
export function messageItem(message: PatientMessage): Item {
  const { transaction_id, id, ...attributes } = message;
  const look = nextLook(message);
  return {
    ...messageKey(message),
    ...attributes,
    ...(look !== null && {
      k_pk: bucketOf(MESSAGE_CHECKS, transaction_id),
      k_sk: timeKey(look, id),
    }),
  };
}

const textOrNull = z.nullable(z.string());

const messageSchema = z.object({
  template: z.custom<TemplateName>((value) => typeof value === 'string'),
  channel: z.enum(CHANNELS),
  state: z.enum(MESSAGE_STATES),
  reason: textOrNull,
  appointment_id: textOrNull,
  basis: textOrNull,
  planned_at: storedTime,
  due_at: storedTime,
  not_after: storedTime,
  sent_at: storedTimeOrNull,
  updated_at: storedTime,
  by: textOrNull,
  caller: z.nullable(caller),
  why: textOrNull,
  attempts: z.int(),
  provider_id: textOrNull,
  user_id: textOrNull,
  unreported: z.boolean(),
  revision: z.int(),
});

/**
 * Reads a message from its item.
 *
 * @throws DamagedItem if the item cannot be read as a message
 */
export const readMessageItem = (item: Item): PatientMessage => readAttributes(item, messageIn);

function messageIn({ pk, sk, ...item }: Item): PatientMessage {
  return {
    ...messageSchema.parse(item),
    id: String(sk),
    transaction_id: String(pk).slice('MESSAGE#'.length),
  };
}
