import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import { storedTime, storedTimeOrNull } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { markKey } from './mark-key.ts';
import { type Mark, moveMark, readMarkOrStartOver, storedRevision } from './marks.ts';

/** One pass over the active transactions. */
export interface ClocksPass {
  readonly started_at: Instant;
  /** The place in the list of active transactions to continue after; null at the beginning. */
  readonly after: string | null;
}

/** How far changed clocks have reached the active transactions. */
export interface ClocksMark extends Mark {
  /** The clocks as text; null before the first sweep. */
  readonly clocks: string | null;
  /** When a sweep first had these clocks; null before that. */
  readonly since: Instant | null;
  /** The current pass; null between passes. */
  readonly pass: ClocksPass | null;
  /** Whether every active transaction has them. */
  readonly done: boolean;
}

const clocksKey = markKey('clocks');
const NO_MARK: ClocksMark = { revision: 0, clocks: null, since: null, pass: null, done: false };

const clocksSchema = z.object({
  revision: storedRevision,
  clocks: z.nullable(z.string()),
  since: storedTimeOrNull,
  pass: z.nullable(z.object({ started_at: storedTime, after: z.nullable(z.string()) })),
  done: z.boolean(),
});

export function readClocksMark(table: Table): Promise<ClocksMark> {
  return readMarkOrStartOver<ClocksMark>(table, clocksKey, clocksSchema, NO_MARK);
}

/** Moves the mark on condition that it has not moved since it was read; null if it has. */
export function moveClocksMark(
  table: Table,
  read: ClocksMark,
  to: Omit<ClocksMark, 'revision'>,
): Promise<ClocksMark | null> {
  return moveMark(table, clocksKey, read, to);
}
