import { note, noteList } from '../../../core/api/handling/answer.ts';
import { personList } from '../../../core/api/people/answer.ts';
import { transaction } from '../../../core/api/transactions/answer.ts';
import { examples } from '../examples.ts';
import { LISTED, NO_TRANSACTION, type Operations } from './operation.ts';

const NAMED =
  '`by` may be left out: it is then the name in the token, or the id of the program. If the token has a name of the caller, `by` must be that name, or the answer is 403.';
const REPLACES =
  'With `replaces`, the `at` of the assignment that you have seen, a request replaces only that one: otherwise the answer is 409 and says who has set which one since, and when.';
const NOT_THAT_PERSON =
  'The token does not have the required scope or does not identify the caller, or `by` is not a name of the person in the token.';

export const handlingOperations = {
  'GET /v1/people': {
    tag: 'redraws',
    summary: 'List the people who may own redraws',
    description:
      'The people of the user pool whose groups may acknowledge redraws, for choosing an `assignee`; an owner can have any other name as well. A deployment with its own issuer or without the dashboard does not have this route. The answer is at most five minutes old.',
    answer: 'The people, by name.',
    content: personList,
    example: examples.personList,
    problems: { 503: 'The user pool cannot be read. See `Retry-After`.' },
  },
  'PUT /v1/transactions/{id}/assignment': {
    tag: 'redraws',
    summary: 'Set the owner of a transaction, and the follow-up',
    description: `Progress keeps the owner. With \`follow_up_at\`, the worklist leaves the redraw or the stalled order out until then; progress or a critical result brings it back earlier. \`follow_up_at\` is in the future and at most 90 days away (otherwise 400); without it, an earlier follow-up is removed. ${REPLACES} \`"replaces": null\` stands for no owner, and without \`replaces\` a request replaces any. Repeating a request changes nothing. ${NAMED}`,
    answer: 'The transaction.',
    content: transaction,
    example: examples.assignedTransaction,
    bodyExample: examples.assignment,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: 'The current assignment is not the one to replace; or the transaction has a critical result that nobody has acknowledged, so it cannot wait until a follow-up; or it has no open redraw, no open decision and no stalled order, so it is on no list that a follow-up could take it off. Nothing was changed.',
    },
  },
  'DELETE /v1/transactions/{id}/assignment': {
    tag: 'redraws',
    summary: 'Remove the owner of a transaction, and the follow-up',
    description: `Without an owner, nothing changes. Anyone with the scope can remove the owner. ${REPLACES} ${NAMED}`,
    answer: 'The transaction.',
    content: transaction,
    example: examples.unassignedTransaction,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: 'The current assignment is not the one to replace. Nothing was changed.',
    },
  },
  'GET /v1/transactions/{id}/notes': {
    tag: 'redraws',
    summary: 'List the notes, contacts and changes of the owner, newest first',
    description: `The history of what people did: notes and contacts, acknowledgements with their notes, releases, owners and follow-ups. Nothing in it is ever changed. It includes what was added to a transaction from which an order of the same patient has moved here; \`transaction_id\` says which. ${LISTED}`,
    answer: 'A page of the history.',
    content: noteList,
    example: examples.noteList,
    problems: { 404: NO_TRANSACTION },
  },
  'POST /v1/transactions/{id}/notes': {
    tag: 'redraws',
    summary: 'Add a note, or log a contact with the patient',
    description: `\`kind\` is \`note\`, which needs a \`text\`, or what became of an attempt to contact the patient. With \`unreachable\`, the patient counts as not reached until a later contact, a message or progress. Send an \`Idempotency-Key\` to be able to repeat a request that got no answer: the same key appends the note once, within a week. Do not put patient data into \`text\`: it is stored and shown as it was typed. It does not go to the event bus. ${NAMED}`,
    status: 201,
    answer: 'The note.',
    content: note,
    example: examples.note,
    bodyExample: examples.noteRequest,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      422: 'The `Idempotency-Key` was used for another note of this transaction. Nothing was added.',
    },
  },
} satisfies Operations;
