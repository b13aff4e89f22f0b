import { ApiProblem, Unreachable } from '../../api/api-client.ts';
import type { Notification } from '../../messages/notifications.tsx';
import type { Change, Outcome } from './changes.ts';

/** What to say of what came of acknowledging some redraws, or of taking that back. `undo` takes back what was done. */
export function told(kind: Change['kind'], { done, refused }: Outcome, undo: () => void): Notification {
  const undoing = kind === 'acknowledge' && done.length > 0 && { action: { text: 'Undo', run: undo } };
  if (refused.length === 0) return { type: 'success', header: granted(kind, done.length), ...undoing };
  const header = notGranted(kind, refused.length, done.length + refused.length);
  return { type: 'error', header, text: reasons(refused), ...undoing };
}

function granted(kind: Change['kind'], count: number): string {
  const redraws = count === 1 ? 'The redraw is' : `${count} redraws are`;
  return kind === 'acknowledge' ? `${redraws} acknowledged` : `${redraws} no longer acknowledged`;
}

function notGranted(kind: Change['kind'], count: number, of: number): string {
  if (kind === 'acknowledge')
    return of === 1 ? 'The redraw was not acknowledged' : `${count} of ${of} redraws were not acknowledged`;
  return of === 1
    ? 'The acknowledgement was not taken back'
    : `${count} of ${of} acknowledgements were not taken back`;
}

/** Each reason once, with how many it kept back where there are several. */
function reasons(refused: Outcome['refused']): string {
  const counts = new Map<string, number>();
  for (const { error } of refused) counts.set(reason(error), (counts.get(reason(error)) ?? 0) + 1);
  const each = [...counts];
  return each.map(([text, count]) => (each.length === 1 ? text : `${count} of them: ${text}`)).join(' ');
}

function reason(error: Error): string {
  if (error instanceof Unreachable)
    return 'The API cannot be reached, so it is not known whether it arrived. What stands is shown as soon as there is a connection.';
  if (!(error instanceof ApiProblem)) return 'The answer makes no sense.';
  if (error.status === 403) return 'Your account lacks the permission.';
  if (error.status === 409) return `Something has changed meanwhile. ${error.message}`;
  if (error.status === 429) return 'Too much was asked at once. Wait a moment and try again.';
  return error.message;
}
