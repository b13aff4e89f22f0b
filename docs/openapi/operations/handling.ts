import { note, noteList } from '../../../core/api/handling/answer.ts';
import { personList } from '../../../core/api/people/answer.ts';
import { transaction } from '../../../core/api/transactions/answer.ts';
import { examples } from '../examples/examples.ts';
import type { Operations } from './operation.ts';
import { NO_TRANSACTION, NOT_THAT_PERSON } from './problems.ts';

const NAMED =
  '`by` is optional. The default is the verified email address of the person in the token, or the ID of the program. If the token is that of a person, `by` must be the verified email address in it; otherwise the response is 403.';
const REPLACES =
  'With `replaces`, the `at` of the assignment that you have seen, a request replaces only that one: otherwise the answer is 409 and says who has set which one since, and when.';

export const handlingOperations = {
  'GET /v1/people': {
    id: 'listPeople',
    tag: 'redraws',
    needs: 'people',
    summary: 'List the people who can own redraws',
    description:
      'Lists the people in the user pool whose groups may acknowledge redraws, so that you can choose an `assignee`. An owner can also have any other name. The data is at most five minutes old.',
    answer: 'The people, by name.',
    content: personList,
    example: examples.personList,
    problems: {
      503: {
        description: 'The user pool cannot be read. See `Retry-After`.',
        detail: 'The people cannot be read. Try again later.',
        retryAfter: true,
      },
    },
  },
  'PUT /v1/transactions/{id}/assignment': {
    id: 'assignTransaction',
    tag: 'redraws',
    summary: 'Set the owner of a transaction, and the follow-up',
    description: `Progress does not change the owner. With \`follow_up_at\`, the worklist hides the redraw or the stalled order until that time; progress or a critical result brings it back earlier. \`follow_up_at\` must be in the future and at most 90 days away; otherwise the response is 400. If you omit it, an existing follow-up is removed. ${REPLACES} \`"replaces": null\` stands for no owner, and without \`replaces\` a request replaces any. Repeating a request changes nothing. ${NAMED}`,
    answer: 'The transaction.',
    content: transaction,
    example: examples.assignedTransaction,
    bodyExample: examples.assignment,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description:
          'The current assignment is not the one to replace; or the transaction has a critical result that nobody has acknowledged, so it cannot wait until a follow-up; or it has no open redraw, no open decision and no stalled order, so it is on no list that a follow-up could take it off. Nothing was changed.',
        detail: 'The transaction has no open redraw, no open decision and no stalled order to follow up.',
      },
    },
  },
  'DELETE /v1/transactions/{id}/assignment': {
    id: 'unassignTransaction',
    tag: 'redraws',
    summary: 'Remove the owner of a transaction, and the follow-up',
    description: `If there is no owner, nothing changes. Anyone with the scope can remove the owner. ${REPLACES} ${NAMED}`,
    answer: 'The transaction.',
    content: transaction,
    example: examples.unassignedTransaction,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description: 'The current assignment is not the one to replace. Nothing was changed.',
        detail:
          'olivia@example.com assigned it to Olivia at 2026-03-09T08:00:00.000000Z. Nothing was changed.',
      },
    },
  },
  'PUT /v1/transactions/{id}/review': {
    id: 'reviewResults',
    tag: 'results',
    summary: 'Mark the results of a transaction as reviewed',
    description: `Records for the whole team that somebody has looked at the results. It ends by itself when the lab reports another result, changes one or adds a missing one, and it does not acknowledge a critical result. Send the time of the newest report that the person has seen as \`results_at\` (\`results_reported_at\` of the orders), so that later results are not reviewed unseen. Repeating a request changes nothing. ${NAMED}`,
    answer: 'The transaction. `review` says who reviewed its results, and when.',
    content: transaction,
    example: examples.reviewedTransaction,
    bodyExample: examples.review,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description:
          'There are no results, or the lab has reported later ones than `results_at`. Nothing was changed.',
        detail: 'There are no results to review. Nothing was changed.',
      },
    },
  },
  'DELETE /v1/transactions/{id}/review': {
    id: 'withdrawReview',
    tag: 'results',
    summary: 'Take back the review of the results of a transaction',
    description: `Without a review, nothing changes. Anyone with the scope can take it back. With \`replaces\`, the \`at\` of the review that you have seen, a request takes back only that one. ${NAMED}`,
    answer: 'The transaction.',
    content: transaction,
    example: examples.unreviewedTransaction,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description: 'There is another review than the one to take back. Nothing was changed.',
        detail:
          'olivia@example.com reviewed the results at 2026-03-09T08:00:00.000000Z. Nothing was changed.',
      },
    },
  },
  'GET /v1/transactions/{id}/notes': {
    id: 'listNotes',
    tag: 'redraws',
    summary: 'List the notes, contacts and changes by people, newest first',
    description:
      'The history of what people did: notes and contacts, acknowledgements with their notes, releases, owners, follow-ups and reviews of results. Entries never change. If an order of the same patient moved here from another transaction, the history includes the entries of that transaction; `transaction_id` shows where each entry was added.',
    answer: 'A page of the history.',
    content: noteList,
    example: examples.noteList,
    problems: { 404: NO_TRANSACTION },
  },
  'POST /v1/transactions/{id}/notes': {
    id: 'addNote',
    tag: 'redraws',
    summary: 'Add a note, or log a contact with the patient',
    description: `\`kind\` is \`note\`, which needs a \`text\`, or the outcome of an attempt to contact the patient. With \`withdrawn\` and the id of an entry in \`withdraws\`, who added it takes it back: both stay in the history, and the contact before it counts again. With \`unreachable\`, the patient counts as not reached until a later contact, a message or progress. To be able to repeat a request that got no response, send an \`Idempotency-Key\`: within a week, the same key appends the note only once. Do not put patient data into \`text\`: it is stored and shown as typed. It is not published to the event bus. ${NAMED}`,
    status: 201,
    answer: 'The note.',
    content: note,
    example: examples.note,
    bodyExample: examples.noteRequest,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description: 'You have no such note or contact here that could be withdrawn. Nothing was changed.',
        detail: 'You have no such note or contact here that could be withdrawn. Nothing was changed.',
      },
      422: {
        description:
          'The `Idempotency-Key` was used for another note of this transaction. Nothing was added.',
        detail: 'This Idempotency-Key was used for another note of this transaction. Nothing was added.',
      },
    },
  },
} satisfies Operations;
