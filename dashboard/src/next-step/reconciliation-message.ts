import type { Notification } from '../alerts/notifications.tsx';
import type { Reconciliation } from '../api/answers.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';

/** The notification after a check of the transaction `id` with Junction. */
export function reconciliationMessage(id: string, { healed, transaction }: Reconciliation): Notification {
  if (transaction.id !== id) {
    return {
      type: 'success',
      header: 'Transaction found',
      text: 'Junction told us which transaction this order belongs to. You’re looking at it now.',
    };
  }
  if (healed) {
    return {
      type: 'success',
      header: 'Updated from Junction',
      text: 'We found something no webhook had reported. It’s on the timeline now.',
    };
  }
  return {
    type: 'success',
    header: 'Already up to date',
    text: 'Junction has nothing newer than what’s shown here.',
  };
}

const WHAT_NEXT =
  'What you see is as of the last check that Junction answered. Try again in a few minutes: we keep checking automatically, too. If this goes on, ask your administrator to look at Health.';

/** The notification after a check that failed. */
export function reconciliationError(error: Error): Notification {
  const { header, text } = reasons(error);
  return { type: 'error', header, text };
}

function reasons(error: Error): { header: string; text: string } {
  if (error instanceof Unreachable)
    return {
      header: 'Couldn’t check with Junction',
      text: 'The connection failed. Check your network and try again.',
    };
  if (!(error instanceof ApiProblem))
    return { header: 'Couldn’t read Junction’s answer', text: 'We got an unexpected answer. Try again.' };
  switch (error.status) {
    case 403:
      return {
        header: 'You don’t have permission',
        text: 'Your account can’t check with Junction. Ask your administrator for access.',
      };
    case 429:
      return {
        header: 'Couldn’t check with Junction',
        text: 'Too many requests. Wait a moment and try again.',
      };
    case 503:
      return unavailable(error);
    case 502:
    case 504:
      return { header: 'No usable answer from Junction', text: `${error.message} ${WHAT_NEXT}` };
    default:
      return { header: 'Couldn’t check with Junction', text: error.message };
  }
}

/** With `retry-after`, Junction is busy. Without it, no API key is configured. */
function unavailable({ retryAfter, message }: ApiProblem): { header: string; text: string } {
  if (retryAfter === null) return { header: 'Checking with Junction isn’t set up', text: message };
  const wait = `Try again in ${retryAfter === 1 ? 'a second' : `${retryAfter} seconds`}.`;
  return { header: 'Junction is busy', text: wait };
}
