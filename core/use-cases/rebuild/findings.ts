import type { CountFinding } from '../recount.ts';
import type { Fault } from './rebuild-transaction.ts';

/** A discrepancy that a rebuild found, described by ids and attribute names only. */
export type Finding =
  | {
      readonly kind: Fault;
      readonly transaction_id: string;
      readonly fields: readonly string[];
    }
  /** Another order lists this one, and its record lacked that claim. */
  | { readonly kind: 'unclaimed'; readonly order_id: string; readonly transaction_id: string }
  | CountFinding
  /** An item that could not be checked. The rebuild checked all others. */
  | { readonly kind: 'failed'; readonly item: string; readonly reason: string };

/** The numbers of items that a rebuild has checked and of faults that it has found so far. */
export interface Totals {
  readonly orders: number;
  readonly transactions: number;
  readonly missing: number;
  readonly unreadable: number;
  readonly differs: number;
  readonly orphan: number;
  readonly stale_revision: number;
  readonly unclaimed: number;
  readonly miscounted: number;
  readonly uncounted: number;
  readonly failed: number;
}

export const NO_TOTALS: Totals = {
  orders: 0,
  transactions: 0,
  missing: 0,
  unreadable: 0,
  differs: 0,
  orphan: 0,
  stale_revision: 0,
  unclaimed: 0,
  miscounted: 0,
  uncounted: 0,
  failed: 0,
};
