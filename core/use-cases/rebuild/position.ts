import * as z from 'zod/mini';

const place = z.union([
  z.literal(['start', 'done']),
  z.object({ pk: z.string().check(z.minLength(1)), sk: z.string().check(z.minLength(1)) }),
]);

/**
 * The position of a rebuild. It first puts every order into its transaction, then checks every transaction: one that still
 * has no order belongs to none. Then it checks whether the other items can be read. At the end it counts all transactions,
 * without a stop in between.
 */
export const cursorSchema = z.object({
  phase: z.enum(['orders', 'transactions', 'others', 'counters']),
  /** The start of the next page of each segment of the table. */
  segments: z.array(place).check(z.minLength(1), z.maxLength(64)),
  /** Transactions that differ, each with its orders found so far. They are postponed until every order has been scanned. */
  put_off: z._default(z.record(z.string(), z.array(z.string())), {}),
});

export type Cursor = z.output<typeof cursorSchema>;
export type Phase = Cursor['phase'];

export function beginning(phase: Phase, segments: number): Cursor {
  return { phase, segments: Array.from({ length: segments }, () => 'start' as const), put_off: {} };
}

const NEXT: Readonly<Record<Phase, Phase | null>> = {
  orders: 'transactions',
  transactions: 'others',
  others: 'counters',
  counters: null,
};

/** The beginning of the next phase; null after the last one. */
export function nextPhase({ phase, segments }: Cursor): Cursor | null {
  const next = NEXT[phase];
  return next && beginning(next, segments.length);
}

export function isDone({ segments, put_off }: Cursor): boolean {
  return segments.every((one) => one === 'done') && Object.keys(put_off).length === 0;
}
