import * as z from 'zod/mini';

const place = z.union([
  z.literal(['start', 'done']),
  z.object({ pk: z.string().check(z.minLength(1)), sk: z.string().check(z.minLength(1)) }),
]);

/**
 * How far a rebuild has come. First every order is brought to where it belongs, then every transaction is looked at:
 * by then one that no order has been brought to belongs to none. In the end all are counted, in one go.
 */
export const cursorSchema = z.object({
  phase: z.enum(['orders', 'transactions', 'counters']),
  /** Of each segment of the table, where its next page begins. */
  segments: z.array(place).check(z.minLength(1), z.maxLength(64)),
  /** Transactions that differ, put off until all of their orders may have been met, with those met so far. */
  put_off: z._default(z.record(z.string(), z.array(z.string())), {}),
});

export type Cursor = z.output<typeof cursorSchema>;
export type Phase = Cursor['phase'];

export function beginning(phase: Phase, segments: number): Cursor {
  return { phase, segments: Array.from({ length: segments }, () => 'start' as const), put_off: {} };
}

/** What comes after a phase; null after the last. */
export function nextPhase({ phase, segments }: Cursor): Cursor | null {
  if (phase === 'counters') return null;
  return beginning(phase === 'orders' ? 'transactions' : 'counters', segments.length);
}

export function isDone({ segments, put_off }: Cursor): boolean {
  return segments.every((one) => one === 'done') && Object.keys(put_off).length === 0;
}
