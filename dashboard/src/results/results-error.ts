import { ApiProblem } from '../api/api-client.ts';
import { errorMessage } from '../messages/error-message.ts';

export interface ResultsError {
  readonly header: string;
  readonly text: string;
  /** Asking again may help; after so many seconds. Null: it does not. */
  readonly againAfter: number | null;
}

const HEADERS: Readonly<Record<number, string>> = {
  403: 'You may not open results',
  404: 'There are no results to open',
  502: 'Junction gave no results',
  503: 'Junction cannot be asked at the moment',
  504: 'Junction did not answer in time',
};

/** Why results could not be opened. They come from Junction at the moment they are opened, so its troubles show here. */
export function resultsError(error: Error): ResultsError {
  const header = error instanceof ApiProblem ? HEADERS[error.status] : undefined;
  if (!(error instanceof ApiProblem) || header === undefined || error.status === 403) {
    const fault = errorMessage(error, 'these results');
    return { header: header ?? fault.header, text: fault.text, againAfter: fault.again ? 0 : null };
  }
  const { status, message, retryAfter } = error;
  // Without a key at all, nobody says when to come back.
  const hopeless = status === 404 || (status === 503 && retryAfter === null);
  return { header, text: message, againAfter: hopeless ? null : (retryAfter ?? 0) };
}
