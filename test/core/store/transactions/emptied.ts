import type {
  EmptiedTransaction,
  StoredTransaction,
} from '../../../../core/domain/stored/stored-transaction.ts';

/** A transaction whose orders have all moved to other ones. */
export function emptied({ id, revision }: Pick<StoredTransaction, 'id' | 'revision'>): EmptiedTransaction {
  return { id, revision: revision + 1, emptied: true, contributions: {}, departures: {} };
}
