import type { Instant } from '../../domain/instant.ts';
import type { TransactionMarks } from '../../domain/stored/stored-transaction.ts';
import type { ItemReaders } from '../../store/other-items.ts';
import type { Table } from '../../store/table.ts';

/** What a capability with items of its own adds to a rebuild, whether or not it is switched on. */
export interface RebuildPart {
  /** How to read its items, by kind. */
  readonly readers: ItemReaders;
  /** The marks of a transaction that its items hold too. */
  readonly marksOf: (table: Table, transactionId: string) => Promise<Partial<TransactionMarks>>;
  /** Called before anything else after a restore of the table. Can be repeated. */
  readonly afterRestore: (table: Table, restoredAt: Instant) => Promise<void>;
}
