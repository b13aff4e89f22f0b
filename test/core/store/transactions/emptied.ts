import type {
  EmptiedTransaction,
  StoredTransaction,
} from '../../../../core/domain/transaction/stored-transaction.ts';

/** What is left of a transaction once its orders have all moved elsewhere. */
export function emptied({ id, revision }: Pick<StoredTransaction, 'id' | 'revision'>): EmptiedTransaction {
  return { id, revision: revision + 1, emptied: true, contributions: {}, departures: {} };
}
