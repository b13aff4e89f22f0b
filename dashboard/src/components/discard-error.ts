import { changeErrorText } from '../alerts/change-error.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';

/** Why something was not discarded, and what to do. */
export function discardErrorText(error: Error): string {
  if (error instanceof Unreachable)
    return 'The connection failed before we got an answer. Your note is kept. Try again when the connection is back: discarding twice is safe.';
  if (error instanceof ApiProblem && error.status === 404) return 'It isn’t there any more.';
  if (error instanceof ApiProblem && error.status >= 500)
    return `${error.message} Your note is kept. Try again in a minute.`;
  return changeErrorText(error);
}
