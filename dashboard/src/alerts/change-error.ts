import { ApiProblem, Unreachable } from '../api/api-client.ts';
import { ChangedMeanwhile } from './changed-meanwhile.ts';
import type { Notification } from './notifications.tsx';

/** The notification about a failed change: rejected, or with an unknown outcome. */
export function changeError(error: Error, refused: string, unconfirmed: string): Notification {
  const header = error instanceof Unreachable ? unconfirmed : refused;
  return { type: 'error', header, text: changeErrorText(error) };
}

/** Why a change failed, and what happens next. */
export function changeErrorText(error: Error): string {
  if (error instanceof ChangedMeanwhile) return error.message;
  if (error instanceof Unreachable)
    return 'The connection failed before we got an answer. The page updates when the connection is back.';
  if (!(error instanceof ApiProblem)) return 'We got an unexpected answer. Try again.';
  if (error.status === 403) return 'Your account doesn’t have permission.';
  if (error.status === 409) return `It has changed since you loaded it. ${error.message}`;
  if (error.status === 429) return 'Too many requests. Wait a moment and try again.';
  return error.message;
}
