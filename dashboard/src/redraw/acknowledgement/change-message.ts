import { changeErrorText } from '../../alerts/change-error.ts';
import type { Notification } from '../../alerts/notifications.tsx';
import { Unreachable } from '../../api/api-client.ts';
import { type Taken, takenText } from '../../wording/taken.ts';
import type { Change, Outcome } from './changes.ts';

type Asked = Pick<Change, 'kind' | 'what' | 'note'>;

/** The words for what happened to a redraw or a decision. */
const WORDS: Readonly<
  Record<Change['what'], Record<Change['kind'], { readonly done: string; readonly noun: string }>>
> = {
  redraw: {
    acknowledge: { done: 'acknowledged', noun: 'acknowledgement' },
    release: { done: 'released', noun: 'release' },
  },
  decision: {
    acknowledge: { done: 'recorded', noun: 'decision' },
    release: { done: 'withdrawn', noun: 'withdrawal' },
  },
};

/** The notification about acknowledged or released redraws. `undo` releases them again. */
export function changeMessage(change: Asked, { done, refused }: Outcome, undo: () => void): Notification {
  const undoing = change.kind === 'acknowledge' && done.length > 0 && { action: { text: 'Undo', run: undo } };
  if (refused.length === 0) return { type: 'success', header: granted(change, done.length), ...undoing };
  const header = refused.every(({ error }) => error instanceof Unreachable)
    ? `Couldn’t confirm the ${WORDS[change.what][change.kind].noun}`
    : notGranted(change, refused.length, done.length + refused.length);
  return { type: 'error', header, text: reasons(change, refused), ...undoing };
}

function granted({ kind, what }: Asked, count: number): string {
  const subject = count === 1 ? `${what.charAt(0).toUpperCase()}${what.slice(1)}` : `${count} ${what}s`;
  return `${subject} ${WORDS[what][kind].done}`;
}

function notGranted({ kind, what }: Asked, count: number, of: number): string {
  const subject = of === 1 ? `The ${what} was` : `${count} of ${of} ${what}s were`;
  return `${subject} not ${WORDS[what][kind].done}`;
}

function conflictText({ kind, what, note }: Asked, taken: Taken): string {
  const text = takenText(taken, Date.now());
  if (kind === 'release' || note === null) return text;
  return `${text} Your note is kept until you ${what === 'decision' ? 'record it' : 'acknowledge it again'}.`;
}

/** Each reason once, with a count where there are several. */
function reasons(change: Asked, refused: Outcome['refused']): string {
  const { what } = change;
  const counts = new Map<string, number>();
  for (const { error, taken } of refused) {
    const text = taken ? conflictText(change, taken) : changeErrorText(error);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const each = [...counts];
  return each
    .map(([text, count]) =>
      each.length === 1 ? text : `${count} ${count === 1 ? what : `${what}s`}: ${text}`,
    )
    .join(' ');
}
