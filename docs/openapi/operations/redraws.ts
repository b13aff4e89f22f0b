import { redrawResults } from '../../../core/api/redraws/answer.ts';
import { transaction, transactionList } from '../../../core/api/transactions/answer.ts';
import { examples } from '../examples/examples.ts';
import { FILTERED, type Operations } from './operation.ts';
import { NO_TRANSACTION, NOT_THAT_PERSON } from './problems.ts';

export const redrawOperations = {
  'GET /v1/redraws': {
    id: 'listRedraws',
    tag: 'redraws',
    summary: 'List open redraws, most overdue first',
    description: FILTERED,
    answer: 'A page of transactions with an open redraw.',
    content: transactionList,
    example: examples.transactionList,
  },
  'POST /v1/redraws/acknowledgements': {
    id: 'acknowledgeRedraws',
    tag: 'redraws',
    summary: 'Acknowledge several open redraws',
    description:
      'Acknowledges up to 50 redraws with the same `by`, `note`, `decided` and `stop_messages`, each as `PUT /v1/redraws/{transaction_id}/acknowledgement` does, with its own `replaces`. If one redraw is refused, the others are still processed. `results` has one entry for each redraw, in the order of the request. The entry of a refused redraw has a `problem` and, after a conflict, also the current transaction. Repeating the request changes nothing. The audit trail has one entry for each redraw.',
    answer: 'The outcome of each acknowledgement, even if all were refused.',
    content: redrawResults,
    example: examples.acknowledgementResults,
    bodyExample: examples.acknowledgements,
    problems: {
      403: NOT_THAT_PERSON,
    },
  },
  'POST /v1/redraws/withdrawals': {
    id: 'withdrawRedrawAcknowledgements',
    tag: 'redraws',
    summary: 'Withdraw the acknowledgements of several open redraws',
    description:
      'Withdraws the acknowledgements of up to 50 redraws, each as `DELETE /v1/redraws/{transaction_id}/acknowledgement` would, with an `acknowledged_at` of its own. A refusal of one does not stop the others: `results` has one entry for each, in the order of the request. A refused one has a `problem`, and after a conflict also the transaction as it is now. Repeating the request changes nothing. The audit trail has an entry for each redraw.',
    answer: 'What came of each withdrawal, also if all were refused.',
    content: redrawResults,
    example: examples.withdrawalResults,
    bodyExample: examples.withdrawals,
    problems: {
      403: NOT_THAT_PERSON,
    },
  },
  'PUT /v1/redraws/{transaction_id}/acknowledgement': {
    id: 'acknowledgeRedraw',
    tag: 'redraws',
    summary: 'Acknowledge an open redraw',
    description:
      'Records that someone is handling the redraw. The acknowledgement is cleared when the redraw makes progress; its note stays in the history of the transaction. Repeating a request changes nothing. An acknowledgement replaces the existing one. To replace only a known acknowledgement, set `replaces` to its `at`, or to null if there must be none. `by` is one line of visible text. The identity in the token is stored with it as `caller`. If the token is that of a person, `by` must be the verified email address in it; otherwise the response is 403. With `stop_messages`, the patient gets no more messages about the redraw as long as the acknowledgement exists. Where a person has to decide, it closes the decision and says in `decided` or in the note what was decided; insights count it. Do not put patient data into `note`: it is stored and shown.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.acknowledgedTransaction,
    bodyExample: examples.acknowledgement,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description:
          'The transaction has no open redraw, its order has just moved to another transaction, or the existing acknowledgement is not the one in `replaces`, a decision has neither `decided` nor a note, or there is nothing to decide. Nothing was changed.',
        detail: 'The transaction has no open redraw and needs no decision.',
      },
    },
  },
  'DELETE /v1/redraws/{transaction_id}/acknowledgement': {
    id: 'withdrawRedrawAcknowledgement',
    tag: 'redraws',
    summary: 'Withdraw the acknowledgement of an open redraw',
    description:
      'The redraw is unacknowledged again; a stale redraw stays stale. To withdraw only a known acknowledgement, set `acknowledged_at` to its `at`. If there is no acknowledgement, nothing changes. Anyone with the scope can withdraw anyone’s acknowledgement. The identity in the token is stored as `caller` of `withdrawal`. If the token is that of a person, `by` must be the verified email address in it.',
    answer: 'The transaction.',
    content: transaction,
    example: examples.withdrawnTransaction,
    problems: {
      403: NOT_THAT_PERSON,
      404: NO_TRANSACTION,
      409: {
        description:
          'The transaction has no open redraw, its order has just moved to another transaction, or the existing acknowledgement is not the one in `acknowledged_at`. Nothing was changed.',
        detail: 'The transaction has no open redraw and needs no decision.',
      },
    },
  },
} satisfies Operations;
