import type { Fault } from './rebuild-transaction.ts';

/** Something that was not as it should be, in ids and names of attributes only. */
export type Finding =
  | {
      readonly kind: Fault;
      readonly transaction_id: string;
      readonly fields: readonly string[];
    }
  /** The order is listed by another one, and its record did not hold that claim. */
  | { readonly kind: 'unclaimed'; readonly order_id: string; readonly transaction_id: string }
  /** A counter did not say how many transactions count as what it counts. */
  | {
      readonly kind: 'miscounted';
      readonly counter: string;
      readonly shard: number;
      readonly stored: number;
      readonly actual: number;
    }
  /** A part of the counters that traffic never left alone for long enough to be counted. */
  | { readonly kind: 'uncounted'; readonly shard: number }
  /** It could not be looked at; everything else was. */
  | { readonly kind: 'failed'; readonly item: string; readonly reason: string };

/** What a rebuild has come across so far. */
export interface Totals {
  readonly orders: number;
  readonly transactions: number;
  readonly missing: number;
  readonly unreadable: number;
  readonly differs: number;
  readonly orphan: number;
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
  unclaimed: 0,
  miscounted: 0,
  uncounted: 0,
  failed: 0,
};
