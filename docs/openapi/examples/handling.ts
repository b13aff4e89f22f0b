import { olivia } from './caller.ts';
import { reconciled } from './transactions.ts';

const by = { by: 'lab-ops@example.com', at: '2026-03-10T08:00:00.000000Z', caller: olivia };
const { id } = reconciled;

const note = {
  id: `${id}:8`,
  transaction_id: id,
  kind: 'unreachable',
  text: 'No answer, no voicemail. Trying again on Thursday.',
  assignee: null,
  follow_up_at: null,
  withdraws: null,
  ...by,
};

const unassignedTransaction = {
  ...reconciled,
  revision: 9,
  contact: { kind: 'unreachable', by: by.by, at: by.at, tries: 1 },
  reach: 'could_not_be_reached',
};

export const handlingExamples = {
  personList: {
    people: [
      { name: 'lab-ops@example.com', display_name: null },
      { name: 'olivia@example.com', display_name: 'Olivia Operator' },
    ],
  },
  assignment: { assignee: 'lab-ops@example.com', follow_up_at: '2026-03-12T13:00:00Z', replaces: null },
  assignedTransaction: {
    ...reconciled,
    revision: 7,
    assignment: {
      assignee: 'lab-ops@example.com',
      follow_up_at: '2026-03-12T13:00:00.000000Z',
      ...by,
    },
  },
  noteRequest: { kind: 'unreachable', text: 'No answer, no voicemail. Trying again on Thursday.' },
  note,
  noteList: {
    notes: [
      note,
      {
        ...note,
        id: `${id}:7`,
        kind: 'assigned',
        text: null,
        assignee: 'lab-ops@example.com',
        follow_up_at: '2026-03-12T13:00:00.000000Z',
      },
      { ...note, id: `${id}:4`, kind: 'released', text: null },
      { ...note, id: `${id}:3`, kind: 'acknowledged', text: 'Called the draw center.' },
    ],
    next_cursor: null,
  },
  unassignedTransaction,
  review: { results_at: '2026-03-03T08:00:00Z' },
  reviewedTransaction: { ...unassignedTransaction, revision: 10, review: by },
  unreviewedTransaction: { ...unassignedTransaction, revision: 11 },
};
