import { nextLook, type PatientMessage } from '../../domain/message/message.ts';
import { bucketOf, type Item } from '../table.ts';

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
      check_pk: bucketOf(MESSAGE_CHECKS, transaction_id),
      check_sk: `${look}#${transaction_id}#${id}`,
    }),
  };
}

/** Reads a message from its item. */
export function readMessageItem(item: Item): PatientMessage {
  const { pk, sk, check_pk: _, check_sk: __, ...attributes } = item;
  return {
    ...attributes,
    id: String(sk),
    transaction_id: String(pk).slice('MESSAGE#'.length),
  } as unknown as PatientMessage;
}
