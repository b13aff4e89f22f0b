import { olivia } from './caller.ts';
import { redraw } from './open-redraw.ts';
import { transaction } from './transactions.ts';

export const redrawExamples = {
  acknowledgedTransaction: {
    ...transaction,
    revision: 3,
    redraw: {
      ...redraw,
      acknowledgement: {
        by: 'lab-ops@example.com',
        note: 'Called the draw centre.',
        at: '2026-03-10T08:00:00.000000Z',
        caller: olivia,
        stop_messages: false,
      },
    },
  },
  withdrawnTransaction: {
    ...transaction,
    revision: 4,
    redraw: {
      ...redraw,
      withdrawal: { by: 'lab-ops@example.com', at: '2026-03-10T08:00:00.000000Z', caller: olivia },
    },
  },
  acknowledgement: {
    by: 'lab-ops@example.com',
    note: 'Called the draw centre.',
    replaces: null,
  },
};
