/** What a program needs to call the API. */
export interface Access {
  readonly url: string;
  readonly token: string;
  /** May read transactions and nothing else. */
  readonly readingToken: string;
  readonly orderId: string;
  readonly transactionId: string;
}

/** What a program saw. */
export interface Called {
  /** The transaction of the order that was registered. */
  readonly registered: string | null;
  /** The transaction: its status, and the origin of its first order. */
  readonly status: string;
  readonly orders: number;
  /** All transactions, one on each page. */
  readonly listed: readonly string[];
  readonly missing: readonly [status: number, detail: string];
  readonly invalid: readonly [status: number, detail: string];
  readonly forbidden: number;
  readonly noRedraw: readonly [status: number, detail: string];
}

export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
