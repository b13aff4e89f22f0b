import { ApiProblem, type FieldError, Unreachable } from '../api/api-client.ts';
import type { OrderChange } from './order-change.ts';

type Kind = OrderChange['kind'];

/** Why a change failed, and what the user does next. */
export interface ChangeProblem {
  readonly header: string;
  /** Sentences. */
  readonly text: string;
  /** Refused fields by their name in the API, each with a sentence. */
  readonly fields: readonly FieldError[];
}

const REFUSED: Readonly<Record<Kind, string>> = {
  book: 'The appointment was not booked',
  request: 'The visit was not requested',
  reschedule: 'The appointment was not rescheduled',
  cancel_appointment: 'The appointment was not cancelled',
  cancel_order: 'The order was not cancelled',
};

const UNCONFIRMED: Readonly<Record<Kind, string>> = {
  book: 'Couldn’t confirm the booking',
  request: 'Couldn’t confirm the request',
  reschedule: 'Couldn’t confirm the new time',
  cancel_appointment: 'Couldn’t confirm the cancellation',
  cancel_order: 'Couldn’t confirm the cancellation',
};

/** What to do if the outcome of the change is unknown. */
const CHECK: Readonly<Record<Kind, string>> = {
  book: 'If it was booked, the appointment appears on this page. If not, try again in a minute: it is never booked twice.',
  request:
    'If it was requested, it appears on this page. If not, try again in a minute: it is never requested twice.',
  reschedule: 'Look at the current appointment above. If the time is still the old one, try again.',
  cancel_appointment: 'If it was cancelled, the appointment disappears from this page. If not, try again.',
  cancel_order: 'If it was cancelled, the order changes on this page. If not, try again.',
};

/** What to do after a refusal because something else had changed. */
const AFTER_CONFLICT: Readonly<Record<Kind, string>> = {
  book: 'The times above are up to date again.',
  request: 'The page is up to date again.',
  reschedule: 'The times above are up to date again.',
  cancel_appointment: 'The page is up to date again.',
  cancel_order: 'The page is up to date again.',
};

/** Nothing was changed: the API, or Junction, did not accept the request. */
const NOT_DONE = new Set([400, 401, 403, 404, 409, 413, 422, 429, 503]);

export function changeProblem(error: Error, kind: Kind): ChangeProblem {
  if (!(error instanceof ApiProblem)) {
    const why =
      error instanceof Unreachable
        ? 'The connection failed before we got an answer.'
        : 'We got an unexpected answer.';
    return { header: UNCONFIRMED[kind], text: `${why} ${CHECK[kind]}`, fields: [] };
  }
  const { status, message, errors: fields } = error;
  const known = NOT_DONE.has(status) && !isFromGateway(error);
  if (!known) return { header: UNCONFIRMED[kind], text: `${message} ${CHECK[kind]}`, fields };
  return { header: REFUSED[kind], text: refusal(error, AFTER_CONFLICT[kind]), fields };
}

/** API Gateway answers 503 itself if the function did not answer in time, with a message that is not a sentence. */
function isFromGateway({ status, message }: ApiProblem): boolean {
  return status === 503 && !message.endsWith('.');
}

function refusal({ status, retryAfter, message }: ApiProblem, next: string): string {
  if (status === 403) return 'Your account doesn’t have permission.';
  if (status === 404) return 'The order is not there any more. Refresh the page.';
  if (retryAfter !== null) return `${message} Try again in ${retryAfter} seconds.`;
  if (status === 429) return 'Too many requests. Wait a moment and try again.';
  if (status === 409) return `${message.replace(/[^.]$/, '$&.')} ${next}`.trim();
  return message;
}

/** Why a portal link was not created. Another one does no harm. */
export function linkProblem(error: Error): ChangeProblem {
  const text =
    error instanceof ApiProblem
      ? refusal(error, '')
      : 'The connection failed before we got an answer. Try again.';
  return { header: 'The link was not created', text, fields: [] };
}

/** The sentence about a refused field, by its name in the API; undefined if it was not refused. */
export function errorOf(problem: ChangeProblem | null, name: string): string | undefined {
  return problem?.fields.find(({ field }) => field === name)?.detail;
}
