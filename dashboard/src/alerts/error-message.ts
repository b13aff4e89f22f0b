import { ApiProblem, Unreachable } from '../api/api-client.ts';

export interface ErrorMessage {
  readonly header: string;
  readonly text: string;
  /** A retry can succeed. */
  readonly retryable: boolean;
}

/** The wording of an error. `what` failed to load: "the worklist". */
export function errorMessage(error: Error, what: string): ErrorMessage {
  if (error instanceof Unreachable)
    return {
      header: `Couldn’t load ${what}`,
      text: 'There’s no connection to the server. We’ll keep trying.',
      retryable: true,
    };
  if (!(error instanceof ApiProblem))
    return { header: `Couldn’t load ${what}`, text: 'We got an unexpected answer.', retryable: true };
  if (error.status === 403)
    return {
      header: `You don’t have permission to see ${what}`,
      text: 'Ask your administrator for access.',
      retryable: false,
    };
  if (error.status === 404)
    return {
      header: `${capital(what.replace(/^the /, ''))} not found`,
      text: 'Check the ID, or search for it.',
      retryable: false,
    };
  if (error.status === 429)
    return {
      header: 'Too many requests',
      text: 'Wait a moment. We’ll try again automatically.',
      retryable: true,
    };
  return { header: `Couldn’t load ${what}`, text: error.message, retryable: error.status >= 500 };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
