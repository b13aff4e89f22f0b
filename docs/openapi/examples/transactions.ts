import { redraw, redrawOrder } from './open-redraw.ts';

const initial = {
  id: '0bde0000-0000-4000-8000-000000000001',
  origin: 'initial',
  parent_id: null,
  modality: 'walk_in_test',
  lab_test: { name: 'Lipids', lab: 'quest' },
  status: 'collecting_sample',
  low_level_status: 'redraw_available',
  low_level_status_created_at: '2026-03-03T08:00:00.000000Z',
  status_detail: null,
  interpretation: null,
  created_at: '2026-03-01T08:00:00.000000Z',
  has_missing_results: true,
  redraw_available_at: '2026-03-03T08:00:00.000000Z',
  results_reported_at: '2026-03-03T08:00:00.000000Z',
  expected_result_by_date: null,
  worst_case_result_by_date: null,
  critical_result: null,
};

export const transaction = {
  id: '7a000000-0000-4000-8000-000000000001',
  status: 'active',
  outcome: 'redraw_in_progress',
  rule: 'R/P',
  rule_source: 'documented',
  reported_status: 'active',
  diverges: false,
  team_id: '6353bcab-0000-4000-8000-000000000001',
  user_id: '3fa85f64-0000-4000-8000-000000000001',
  client_user_id: 'patient-1042',
  created_at: '2026-03-01T08:00:00.000000Z',
  updated_at: '2026-03-04T08:00:00.000000Z',
  revision: 2,
  orders: [initial, redrawOrder],
  critical_result: null,
  missing_results: [],
  redraw,
  decision: null,
  open_order: null,
  told: null,
  next_step: {
    situation: 'no_requisition',
    order_id: '0bde0000-0000-4000-8000-000000000002',
    cause: null,
    actions: ['ask_junction'],
  },
  junction_checks: [],
  unanswered_checks: null,
  contact: null,
  reach: 'not_told',
  assignment: null,
  review: null,
  anomalies: [],
};

/** The same after Junction was asked. */
export const reconciled = {
  ...transaction,
  updated_at: '2026-03-05T08:00:00.000000Z',
  next_step: {
    situation: 'no_appointment',
    order_id: '0bde0000-0000-4000-8000-000000000002',
    cause: null,
    actions: ['send_message', 'book_appointment', 'open_requisition', 'call_patient'],
  },
  junction_checks: [
    {
      at: '2026-03-10T08:00:00.000000Z',
      origin: 'request',
      caller: { subject: 'program', client_id: 'program', name: null },
      changes: [
        {
          order_id: '0bde0000-0000-4000-8000-000000000002',
          change: 'status',
          status: 'requisition_created',
        },
      ],
    },
  ],
  revision: 6,
  orders: [
    initial,
    {
      ...redrawOrder,
      low_level_status: 'requisition_created',
      low_level_status_created_at: '2026-03-05T08:00:00.000000Z',
    },
  ],
  redraw: { ...redraw, stage: 'awaiting_appointment', due_at: '2026-03-12T08:00:00.000000Z' },
};

export const transactionExamples = {
  transaction,
  transactionList: { transactions: [transaction], next_cursor: null },
  search: {
    transactions: [transaction],
    matched: [
      {
        transaction_id: '7a000000-0000-4000-8000-000000000001',
        by: 'client_user_id',
      },
    ],
    more: false,
    match_kind: 'whole',
    hint: null,
  },
  junctionTransaction: {
    id: '7a000000-0000-4000-8000-000000000001',
    team_id: '6353bcab-0000-4000-8000-000000000001',
    status: 'active',
    orders: [
      {
        id: '0bde0000-0000-4000-8000-000000000001',
        origin: 'initial',
        parent_id: null,
        last_status: 'redraw_available',
        last_status_created_at: '2026-03-03T08:00:00.000000Z',
        created_at: '2026-03-01T08:00:00.000000Z',
        updated_at: '2026-03-03T08:00:00.000000Z',
      },
      {
        id: '0bde0000-0000-4000-8000-000000000002',
        origin: 'redraw',
        parent_id: '0bde0000-0000-4000-8000-000000000001',
        last_status: 'ordered',
        last_status_created_at: '2026-03-04T08:00:00.000000Z',
        created_at: '2026-03-04T08:00:00.000000Z',
        updated_at: '2026-03-04T08:00:00.000000Z',
      },
    ],
  },
  reconciliation: {
    healed: true,
    transaction: reconciled,
  },
};
