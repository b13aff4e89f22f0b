import { type Outcome, STATUS_OF_OUTCOME } from '../domain/transaction/outcome.ts';
import type { TransactionStatus } from '../domain/transaction/truth-table.ts';
import { STATUSES } from '../http/requests.ts';
import type { StoredTransaction } from '../store/transaction-item.ts';

/** What narrows a list of transactions down; absent: nothing does. */
export interface Filter {
  readonly status?: TransactionStatus | undefined;
  readonly outcome?: readonly Outcome[] | undefined;
  readonly redraw?: 'any' | undefined;
}

/** The statuses of the transactions that a filter lets through; none where it contradicts itself. */
export function statusesOf({ status, outcome }: Filter): readonly TransactionStatus[] {
  const implied = outcome?.map((one) => STATUS_OF_OUTCOME[one]);
  return STATUSES.filter(
    (one) => (status === undefined || one === status) && (!implied || implied.includes(one)),
  );
}

/** Whether a filter lets a transaction through. */
export function letsThrough({ status, outcome, redraw }: Filter, transaction: StoredTransaction): boolean {
  if (status !== undefined && transaction.status !== status) return false;
  if (outcome && !outcome.includes(transaction.outcome)) return false;
  return redraw === undefined || transaction.redraw !== null;
}

/** The filter as text, always the same for the same one; empty for one that lets everything through. */
export function nameOf({ status, outcome, redraw }: Filter): string {
  const parts = { status, outcome: outcome?.join(','), redraw };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
