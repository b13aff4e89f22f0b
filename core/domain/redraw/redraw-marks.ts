import type { Instant } from '../instant.ts';
import { isOpen, progressKey, type Redraw } from './redraw.ts';

/** Somebody takes care of the redraw. */
export interface Acknowledgement {
  readonly by: string;
  readonly note: string | null;
  readonly at: Instant;
}

/** Somebody took an acknowledgement back. */
export interface Withdrawal {
  readonly by: string;
  readonly at: Instant;
}

/** What people and the clock have set on an open redraw. */
export interface RedrawMarks {
  /** The progress the marks are about: they hold while it is still the redraw's. */
  readonly progress: string | null;
  readonly stale_since: Instant | null;
  readonly acknowledgement: Acknowledgement | null;
  /** Who took the last acknowledgement back, if anybody did: what tells it from one that progress cleared. */
  readonly withdrawal?: Withdrawal | undefined;
  /** Since when Junction gives no answer of use about it, although it is due; absent where it does. */
  readonly unanswered_since?: Instant | undefined;
}

export const UNMARKED: RedrawMarks = { progress: null, stale_since: null, acknowledgement: null };

/** The marks that still hold: an open redraw that has not moved on keeps them, any other loses them. */
export function marksHolding(marks: RedrawMarks, redraw: Redraw | null): RedrawMarks {
  return isOpen(redraw) && progressKey(redraw) === marks.progress ? marks : UNMARKED;
}

/** Sets marks on an open redraw, beside those it has. */
export function marked(
  marks: RedrawMarks,
  redraw: Redraw,
  set: Partial<Omit<RedrawMarks, 'progress'>>,
): RedrawMarks {
  return { ...marksHolding(marks, redraw), ...set, progress: progressKey(redraw) };
}

/** Whether it was flagged although Junction could not be asked, and still can't. */
export function isUnchecked({ stale_since, unanswered_since }: RedrawMarks): boolean {
  return stale_since !== null && unanswered_since !== undefined;
}

/** The marks as they are once Junction has answered. */
export function answered({ unanswered_since: _, ...marks }: RedrawMarks): RedrawMarks {
  return marks;
}

/** The state of a redraw as people are told of it. */
export const SHOWN_REDRAW_STATES = [
  'expected',
  'in_progress',
  'stale',
  'completed',
  'cancelled',
  'failed',
] as const satisfies (Redraw['state'] | 'stale')[];
export type ShownRedrawState = (typeof SHOWN_REDRAW_STATES)[number];

/** A redraw that was flagged is stale, whatever it is waiting for. */
export function shownRedrawState(redraw: Redraw, marks: RedrawMarks): ShownRedrawState {
  return marks.stale_since === null ? redraw.state : 'stale';
}
