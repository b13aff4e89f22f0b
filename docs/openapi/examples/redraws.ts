import { olivia } from './caller.ts';
import { redraw } from './open-redraw.ts';
import { transaction } from './transactions.ts';

const UNKNOWN = '7a000000-0000-4000-8000-000000000009';

const acknowledgedTransaction = {
  ...transaction,
  revision: 3,
  redraw: {
    ...redraw,
    acknowledgement: {
      by: 'lab-ops@example.com',
      note: 'Called the draw center.',
      at: '2026-03-10T08:00:00.000000Z',
      caller: olivia,
      stop_messages: false,
      decided: null,
    },
  },
};

const withdrawnTransaction = {
  ...transaction,
  revision: 4,
  redraw: {
    ...redraw,
    withdrawal: { by: 'lab-ops@example.com', at: '2026-03-10T08:00:00.000000Z', caller: olivia },
  },
};

const unknownResult = {
  transaction_id: UNKNOWN,
  status: 404,
  transaction: null,
  problem: {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is no transaction with this ID.',
  },
};

export const redrawExamples = {
  acknowledgedTransaction,
  withdrawnTransaction,
  acknowledgement: {
    by: 'lab-ops@example.com',
    note: 'Called the draw center.',
    replaces: null,
  },
  acknowledgements: {
    by: 'lab-ops@example.com',
    redraws: [{ transaction_id: transaction.id, replaces: null }, { transaction_id: UNKNOWN }],
  },
  acknowledgementResults: {
    results: [
      {
        transaction_id: transaction.id,
        status: 409,
        transaction: acknowledgedTransaction,
        problem: {
          type: 'about:blank',
          title: 'Conflict',
          status: 409,
          detail: 'lab-ops@example.com acknowledged it at 2026-03-10T08:00:00.000000Z. Nothing was changed.',
        },
      },
      unknownResult,
    ],
  },
  withdrawals: {
    by: 'lab-ops@example.com',
    redraws: [
      { transaction_id: transaction.id, acknowledged_at: '2026-03-10T08:00:00Z' },
      { transaction_id: UNKNOWN },
    ],
  },
  withdrawalResults: {
    results: [
      { transaction_id: transaction.id, status: 200, transaction: withdrawnTransaction, problem: null },
      unknownResult,
    ],
  },
};
