import { ApiProblem, Unreachable } from '../../api/api-client.ts';
import type { Notification } from '../../messages/notifications.tsx';
import type { Change, Outcome } from './changes.ts';

/** The notification about acknowledged or released redraws. `undo` releases them again. */
export function changeMessage(
  kind: Change['kind'],
  { done, refused }: Outcome,
  undo: () => void,
): Notification {
  const undoing = kind === 'acknowledge' && done.length > 0 && { action: { text: 'Undo', run: undo } };
  if (refused.length === 0) return { type: 'success', header: granted(kind, done.length), ...undoing };
  const header = refused.every(({ error }) => error instanceof Unreachable)
    ? unconfirmed(kind)
    : notGranted(kind, refused.length, done.length + refused.length);
  return { type: 'error', header, text: reasons(refused), ...undoing };
}

function granted(kind: Change['kind'], count: number): string {
  const redraws = count === 1 ? 'Redraw' : `${count} redraws`;
  return kind === 'acknowledge' ? `${redraws} acknowledged` : `${redraws} released`;
}

function unconfirmed(kind: Change['kind']): string {
  return `Couldn’t confirm the ${kind === 'acknowledge' ? 'acknowledgement' : 'release'}`;
}

function notGranted(kind: Change['kind'], count: number, of: number): string {
  const redraws = of === 1 ? 'The redraw was' : `${count} of ${of} redraws were`;
  return kind === 'acknowledge' ? `${redraws} not acknowledged` : `${redraws} not released`;
}

/** Each reason once, with a count where there are several. */
function reasons(refused: Outcome['refused']): string {
  const counts = new Map<string, number>();
  for (const { error } of refused) counts.set(reason(error), (counts.get(reason(error)) ?? 0) + 1);
  const each = [...counts];
  return each
    .map(([text, count]) =>
      each.length === 1 ? text : `${count === 1 ? '1 redraw' : `${count} redraws`}: ${text}`,
    )
    .join(' ');
}

function reason(error: Error): string {
  if (error instanceof Unreachable)
    return 'The connection failed before we got an answer. The list updates when the connection is back.';
  if (!(error instanceof ApiProblem)) return 'We got an unexpected answer. Try again.';
  if (error.status === 403) return 'Your account doesn’t have permission.';
  if (error.status === 409) return `It changed in the meantime. ${error.message}`;
  if (error.status === 429) return 'Too many requests. Wait a moment and try again.';
  return error.message;
}
