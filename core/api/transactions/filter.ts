import * as z from 'zod/mini';
import { OUTCOMES, type Outcome, STATUS_OF_OUTCOME } from '../../domain/transaction/outcome.ts';
import type { StoredTransaction } from '../../domain/transaction/stored-transaction.ts';
import { TRANSACTION_STATUSES, type TransactionStatus } from '../../domain/transaction/truth-table.ts';

/** Outcomes, separated by commas or given by repeating the parameter. Read without duplicates, in the order of OUTCOMES. */
export const outcomes = z.pipe(
  z
    .string()
    .check(
      z.refine<string>(
        (text) => text.split(',').every((one) => OUTCOMES.some((outcome) => outcome === one)),
        `it must be one or more of ${OUTCOMES.join(', ')}, separated by commas`,
      ),
    ),
  z.transform((text) => OUTCOMES.filter((outcome) => text.split(',').includes(outcome))),
);

/** The query parameters of a filter. */
export const filterFields = {
  status: z.optional(z.enum(TRANSACTION_STATUSES)),
  outcome: z.optional(outcomes),
  redraw: z.optional(z.enum(['any'])),
};

/** Narrows a list of transactions. Without any field it matches all of them. */
export interface Filter {
  readonly status?: TransactionStatus | undefined;
  readonly outcome?: readonly Outcome[] | undefined;
  readonly redraw?: 'any' | undefined;
}

/** The statuses of the transactions that can match; none if the filter contradicts itself. */
export function statusesOf({ status, outcome }: Filter): readonly TransactionStatus[] {
  const implied = outcome?.map((one) => STATUS_OF_OUTCOME[one]);
  return TRANSACTION_STATUSES.filter(
    (one) => (status === undefined || one === status) && (!implied || implied.includes(one)),
  );
}

export function matches({ status, outcome, redraw }: Filter, transaction: StoredTransaction): boolean {
  if (status !== undefined && transaction.status !== status) return false;
  if (outcome && !outcome.includes(transaction.outcome)) return false;
  return redraw === undefined || transaction.redraw !== null;
}

/** The filter as text, the same for equal filters; empty for the filter that matches all. */
export function nameOf({ status, outcome, redraw }: Filter): string {
  const parts = { status, outcome: outcome?.join(','), redraw };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
