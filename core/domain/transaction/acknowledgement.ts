import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';
import type { Redraw } from '../redraw/redraw.ts';
import type { ShownRedrawState } from '../redraw/redraw-states.ts';
import { type Decided, type Decision, isSameDecision } from './decision.ts';
import type { FollowUp } from './follow-up.ts';

/** A person or program is handling the redraw, or has decided how to proceed after it ended. */
export interface Acknowledgement {
  /** The name that the caller gave. */
  readonly by: string;
  readonly note: string | null;
  readonly at: Instant;
  /** Who made the request, by the token. */
  readonly caller: Caller;
  /** Whether the patient gets no more messages about the redraw while the acknowledgement lasts. */
  readonly stop_messages: boolean;
  /** What was decided; absent for a redraw that needs no decision, and where the note says it. */
  readonly decided?: Decided | undefined;
}

/** A person or program withdrew an acknowledgement. */
export interface Withdrawal {
  readonly by: string;
  readonly at: Instant;
  readonly caller: Caller;
}

/** The marks that people and the sweep set on a redraw or an open order. */
export interface FollowUpMarks {
  /** The progress that the marks apply to, by `progressKey` or `openOrderKey`. The next progress ends them. */
  readonly progress: string | null;
  readonly stale_since: Instant | null;
  readonly acknowledgement: Acknowledgement | null;
  /** Who withdrew the last acknowledgement. Absent if progress cleared it. */
  readonly withdrawal?: Withdrawal | undefined;
  /** Since when Junction gives no usable answer about it although it is due; absent if it does. */
  readonly unanswered_since?: Instant | undefined;
  /** Why it was flagged without an answer of Junction, although Junction is up; absent otherwise. */
  readonly no_key?: NoKey | undefined;
}

export const UNMARKED: FollowUpMarks = { progress: null, stale_since: null, acknowledgement: null };

/** The marks that are still valid: those set since the last progress. What a person decided about a redraw outlasts its progress. */
export function marksHolding(marks: FollowUpMarks, followUp: Pick<FollowUp, 'key'> | null): FollowUpMarks {
  if (followUp === null || marks.progress === null) return UNMARKED;
  if (followUp.key === marks.progress) return marks;
  const isDecided = marks.acknowledgement !== null && isSameDecision(followUp.key, marks.progress);
  return isDecided
    ? { ...UNMARKED, progress: followUp.key, acknowledgement: marks.acknowledgement }
    : UNMARKED;
}

/** Sets some marks and keeps the other valid ones. */
export function marked(
  marks: FollowUpMarks,
  followUp: Pick<FollowUp, 'key'>,
  set: Partial<Omit<FollowUpMarks, 'progress'>>,
): FollowUpMarks {
  return { ...marksHolding(marks, followUp), ...set, progress: followUp.key };
}

/** There is no API key at all, or none of the order's team. */
export const NO_KEYS = ['no_key', 'no_key_for_team'] as const;
export type NoKey = (typeof NO_KEYS)[number];

export const UNCHECKED_REASONS = ['no_answer', ...NO_KEYS] as const;
/** Why Junction has not confirmed a flag: it did not answer, or it could not be asked without an API key of the team. */
export type UncheckedReason = (typeof UNCHECKED_REASONS)[number];

/** Why it was flagged without an answer from Junction, if there is none since; otherwise null. */
export function uncheckedReason({
  stale_since,
  unanswered_since,
  no_key,
}: FollowUpMarks): UncheckedReason | null {
  if (stale_since === null) return null;
  if (no_key !== undefined) return no_key;
  return unanswered_since === undefined ? null : 'no_answer';
}

/** Whether it was flagged without an answer from Junction, and there is none since. */
export function isUnchecked(marks: FollowUpMarks): boolean {
  return uncheckedReason(marks) !== null;
}

/** The marks after Junction has answered. */
export function answered({ unanswered_since: _, no_key: __, ...marks }: FollowUpMarks): FollowUpMarks {
  return marks;
}

/** Whether a person still has to decide. */
export function awaitsDecision(decision: Decision | null, { acknowledgement }: FollowUpMarks): boolean {
  return decision !== null && acknowledgement === null;
}

/** The state that the API shows. A flagged redraw is stale at every stage. */
export function shownRedrawState(redraw: Redraw, marks: FollowUpMarks): ShownRedrawState {
  return marks.stale_since === null ? redraw.state : 'stale';
}
