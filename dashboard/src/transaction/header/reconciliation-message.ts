import type { Reconciliation } from '../../api/answers.ts';
import { ApiProblem, Unreachable } from '../../api/api-client.ts';
import type { Notification } from '../../messages/notifications.tsx';

/** What to say of what Junction told when it was asked about the transaction `id`. */
export function reconciliationMessage(id: string, { healed, transaction }: Reconciliation): Notification {
  if (transaction.id !== id) {
    return {
      type: 'success',
      header: 'The order has found its transaction',
      text: 'Junction has said to which one it belongs. This is it.',
    };
  }
  if (healed) {
    return {
      type: 'success',
      header: 'Junction told of something new',
      text: 'No webhook had told of it. It is on the time line now.',
    };
  }
  return {
    type: 'success',
    header: 'Nothing new',
    text: 'Junction knows of nothing that is not held here already.',
  };
}

/** What to say where Junction could not be asked, or gave no answer of use. */
export function reconciliationError(error: Error): Notification {
  const { header, text } = reasons(error);
  return { type: 'error', header, text };
}

function reasons(error: Error): { header: string; text: string } {
  if (error instanceof Unreachable)
    return {
      header: 'Junction was not asked',
      text: 'The API cannot be reached. Check your connection and try again.',
    };
  if (!(error instanceof ApiProblem))
    return { header: 'It is not known what Junction said', text: 'The answer makes no sense.' };
  switch (error.status) {
    case 403:
      return { header: 'You may not ask Junction', text: 'Your account lacks the permission.' };
    case 429:
      return {
        header: 'Junction was not asked',
        text: 'Too much was asked at once. Wait a moment and try again.',
      };
    case 503:
      return unavailable(error);
    case 502:
    case 504:
      return { header: 'Junction gave no answer of use', text: error.message };
    default:
      return { header: 'Junction was not asked', text: error.message };
  }
}

/** With a time to wait, Junction is busy; without one, there is nothing here to ask it by. */
function unavailable({ retryAfter, message }: ApiProblem): { header: string; text: string } {
  if (retryAfter === null) return { header: 'Junction cannot be asked', text: message };
  const wait = `Try again in ${retryAfter === 1 ? 'a second' : `${retryAfter} seconds`}.`;
  return { header: 'Junction takes no more questions for now', text: wait };
}
