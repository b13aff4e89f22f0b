import { errorMessage } from '../alerts/error-message.ts';
import { ApiProblem } from '../api/api-client.ts';

export interface ResultsError {
  readonly header: string;
  readonly text: string;
  /** Seconds until a retry can help; null if it can't. */
  readonly againAfter: number | null;
}

const HEADERS: Readonly<Record<number, string>> = {
  403: 'You don’t have permission to open results',
  404: 'No results to open',
  502: 'Couldn’t get the results from Junction',
  503: 'Junction isn’t available right now',
  504: 'Junction took too long to answer',
};

/** Why results could not be opened. They come from Junction on demand, so its errors show here. */
export function resultsError(error: Error): ResultsError {
  const header = error instanceof ApiProblem ? HEADERS[error.status] : undefined;
  if (!(error instanceof ApiProblem) || header === undefined || error.status === 403) {
    const shown = errorMessage(error, 'these results');
    return { header: header ?? shown.header, text: shown.text, againAfter: shown.retryable ? 0 : null };
  }
  const { status, message, retryAfter } = error;
  // Without an API key there is no `retry-after`.
  const hopeless = status === 404 || (status === 503 && retryAfter === null);
  return { header, text: message, againAfter: hopeless ? null : (retryAfter ?? 0) };
}
