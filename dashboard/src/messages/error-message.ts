import { ApiProblem, Unreachable } from '../api/api-client.ts';

export interface ErrorMessage {
  readonly header: string;
  readonly text: string;
  /** Asking again may help. */
  readonly again: boolean;
}

/** Why something could not be had, in words. `what`: "the worklist". */
export function errorMessage(error: Error, what: string): ErrorMessage {
  if (error instanceof Unreachable)
    return {
      header: `${capital(what)} cannot be reached`,
      text: 'There is no connection to the API, or it does not answer. It is tried again by itself.',
      again: true,
    };
  if (!(error instanceof ApiProblem))
    return { header: `${capital(what)} cannot be shown`, text: 'The answer makes no sense.', again: true };
  if (error.status === 403)
    return {
      header: `You may not see ${what}`,
      text: 'Your account lacks the permission. Ask whoever runs this dashboard to add you to the right group.',
      again: false,
    };
  if (error.status === 404)
    return { header: `${capital(what)} is not there`, text: error.message, again: false };
  if (error.status === 429)
    return {
      header: 'Too many questions at once',
      text: 'Wait a moment; it is tried again by itself.',
      again: true,
    };
  return { header: `${capital(what)} cannot be shown`, text: error.message, again: error.status >= 500 };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
