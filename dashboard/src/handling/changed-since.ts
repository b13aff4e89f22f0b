import type { Transaction } from '../api/answers.ts';
import { acknowledgementOf } from '../redraw/open-redraw.ts';
import { stateSentence } from '../redraw/state-sentence.ts';
import { relativeTime } from '../time/format.ts';
import { byText, type Caller } from '../wording/caller.ts';
import { takenSince, takenText } from '../wording/taken.ts';

type Assignment = Transaction['assignment'];

/** What was changed in a transaction since somebody saw it, in words; null if neither who handles it nor how it stands. */
export function changedSince(seen: Transaction, current: Transaction, now: number): string | null {
  const taken = takenSince(acknowledgementOf(seen), current.decision ?? current.redraw);
  if (taken) return takenText(taken, now);
  const { assignment } = current;
  if (assignment?.at !== seen.assignment?.at) return assignedText(assignment, seen.assignment, now);
  const { text } = stateSentence(current, now);
  return text === stateSentence(seen, now).text ? null : `${text}.`;
}

/** Who changed the owner or the follow-up, and when. */
export function assignedText(current: Assignment, seen: Assignment, now: number): string {
  if (!current) return 'The owner was removed in the meantime.';
  const what =
    current.assignee === seen?.assignee ? 'changed the follow-up' : `assigned it to ${current.assignee}`;
  return doneBy(current, what, now);
}

export function doneBy(
  done: { readonly by: string; readonly caller: Caller; readonly at: string },
  what: string,
  now: number,
): string {
  return `${byText(done)} ${what} ${relativeTime(Date.parse(done.at), now)}.`;
}
