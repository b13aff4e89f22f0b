import { olivia } from './caller.ts';

const stalledOrder = {
  id: '0bde0000-0000-4000-8000-000000000004',
  order_transaction_id: '7a000000-0000-4000-8000-000000000004',
  team_id: '6353bcab-0000-4000-8000-000000000001',
  user_id: '3fa85f64-0000-4000-8000-000000000001',
  client_user_id: null,
  origin: 'initial',
  modality: 'walk_in_test',
  lab_test: { name: 'Lipids', lab: 'quest' },
  expected_result_by_date: null,
  worst_case_result_by_date: null,
  status: 'received',
  low_level_status: 'ordered',
  low_level_status_created_at: '2026-03-04T08:00:00.000000Z',
  created_at: '2026-03-04T08:00:00.000000Z',
  stage: 'awaiting_requisition',
  due_at: '2026-03-06T08:00:00.000000Z',
  stalled_since: '2026-03-10T08:00:00.000000Z',
  unchecked: true,
  unchecked_reason: 'no_key',
  acknowledgement: null,
  withdrawal: null,
  assignment: null,
  contact: null,
  next_step: {
    situation: 'unchecked_no_key',
    order_id: '0bde0000-0000-4000-8000-000000000004',
    cause: null,
    actions: ['call_patient'],
  },
};

export const stalledOrderExamples = {
  stalledOrderList: { orders: [stalledOrder], next_cursor: null },
  acknowledgedOrder: {
    ...stalledOrder,
    acknowledgement: {
      by: 'lab-ops@example.com',
      note: 'Called the draw center.',
      at: '2026-03-10T08:00:00.000000Z',
      caller: olivia,
    },
  },
  withdrawnOrder: {
    ...stalledOrder,
    withdrawal: { by: 'lab-ops@example.com', at: '2026-03-10T08:00:00.000000Z', caller: olivia },
  },
};
