import { changeErrorText } from '../alerts/change-error.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';
import { exactTime } from '../time/format.ts';

/** Why a replay failed, and what to do. */
export function replayErrorText(error: Error): string {
  if (error instanceof Unreachable)
    return 'The connection failed before we got an answer. Try again when it is back: replaying twice is safe.';
  if (error instanceof ApiProblem && error.status === 404)
    return 'The webhook isn’t there any more: its time in quarantine is over. Only Junction can send it again.';
  if (error instanceof ApiProblem && error.status >= 500)
    return `${error.message} Try again in a minute: replaying twice is safe.`;
  return changeErrorText(error);
}

/** Why a webhook was not dismissed, and what to do. */
export function dismissalErrorText(error: Error): string {
  if (error instanceof Unreachable)
    return 'The connection failed before we got an answer. Your note is kept. Try again when the connection is back: dismissing twice is safe.';
  if (error instanceof ApiProblem && error.status === 404)
    return 'The webhook isn’t there any more: its time in quarantine is over.';
  if (error instanceof ApiProblem && error.status >= 500)
    return `${error.message} Your note is kept. Try again in a minute.`;
  if (error instanceof ApiProblem && error.status === 409)
    return `${withReadableTimes(error.message)} Your note was not saved. Cancel, and look under Replayed and Dismissed.`;
  return changeErrorText(error);
}

/** The API names times in its own format. */
function withReadableTimes(text: string): string {
  return text.replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => exactTime(Date.parse(at)));
}
