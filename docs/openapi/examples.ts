import { historyExample } from './history-example.ts';

const initial = {
  id: '0bde0000-0000-4000-8000-000000000001',
  origin: 'initial',
  parent_id: null,
  modality: 'walk_in_test',
  lab_test: { name: 'Lipids', lab: 'quest' },
  status: 'collecting_sample',
  low_level_status: 'redraw_available',
  low_level_status_created_at: '2026-03-03T08:00:00.000000Z',
  created_at: '2026-03-01T08:00:00.000000Z',
  has_missing_results: true,
  redraw_available_at: '2026-03-03T08:00:00.000000Z',
  results_reported_at: '2026-03-03T08:00:00.000000Z',
  critical_result: null,
};

const redrawOrder = {
  id: '0bde0000-0000-4000-8000-000000000002',
  origin: 'redraw',
  parent_id: '0bde0000-0000-4000-8000-000000000001',
  modality: 'walk_in_test',
  lab_test: { name: 'Lipids', lab: 'quest' },
  status: 'received',
  low_level_status: 'ordered',
  low_level_status_created_at: '2026-03-04T08:00:00.000000Z',
  created_at: '2026-03-04T08:00:00.000000Z',
  has_missing_results: null,
  redraw_available_at: null,
  results_reported_at: null,
  critical_result: null,
};

const { redraw_available_at: _, results_reported_at: __, critical_result: ___, ...ownFields } = redrawOrder;

const olivia = {
  subject: '11111111-0000-4000-8000-000000000001',
  client_id: '1example23456789',
  name: 'lab-ops@example.com',
};

const redraw = {
  state: 'in_progress',
  order_id: '0bde0000-0000-4000-8000-000000000002',
  single_order: false,
  available_at: '2026-03-03T08:00:00.000000Z',
  stage: 'awaiting_requisition',
  due_at: '2026-03-05T08:00:00.000000Z',
  stale_since: null,
  unchecked: false,
  unchecked_reason: null,
  acknowledgement: null,
  withdrawal: null,
  decision: null,
  missing_results: [],
};

const transaction = {
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
  anomalies: [],
};

/** The API's answers in test/core/api/scene/example-world.ts. A test compares them. */
const matchReview = {
  id: '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e33',
  team_id: '6353bcab-0000-4000-8000-000000000001',
  state: 'open',
  status: 'pending_customer_review',
  decision_code: 'multiple_demo_match',
  resolution_action: null,
  resolved_order_id: null,
  opened_at: '2026-03-10T08:00:00.000000Z',
  closed_at: null,
};

const criticalResult = {
  order_id: '0bde0000-0000-4000-8000-000000000001',
  order_transaction_id: '7a000000-0000-4000-8000-000000000001',
  team_id: '6353bcab-0000-4000-8000-000000000001',
  user_id: '3fa85f64-0000-4000-8000-000000000001',
  client_user_id: 'patient-1042',
  state: 'open',
  opened_at: '2026-03-10T08:00:00.000000Z',
  latest_at: '2026-03-10T07:55:00.000000Z',
  acknowledgement: null,
  reports: [{ status: 'partial', updated_at: '2026-03-10T07:55:00.000000Z' }],
};

export const examples = {
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
  order: {
    ...ownFields,
    order_transaction_id: '7a000000-0000-4000-8000-000000000001',
    user_id: '3fa85f64-0000-4000-8000-000000000001',
    client_user_id: 'patient-1042',
    team_id: '6353bcab-0000-4000-8000-000000000001',
    lab_test: {
      id: '5a000000-0000-4000-8000-000000000001',
      name: 'Lipids',
      slug: 'lipids',
      lab: 'quest',
    },
    expected_result_by_date: null,
    worst_case_result_by_date: null,
    updated_at: '2026-03-04T08:00:00.000000Z',
    events: [
      {
        id: 4,
        created_at: '2026-03-04T08:00:00.000000Z',
        status: 'received.walk_in_test.ordered',
        learned_at: '2026-03-10T08:00:00.000000Z',
        learned_from: 'webhook',
      },
    ],
    appointments: [],
    critical_results: [],
    critical_result: null,
    match_reviews: [],
    registered_at: null,
  },
  summary: {
    total: 1,
    status: {
      active: 1,
      completed: 0,
      cancelled: 0,
    },
    outcome: {
      in_progress: 0,
      redraw_expected: 0,
      redraw_in_progress: 1,
      results_complete: 0,
      results_incomplete: 0,
      failed: 0,
      cancelled: 0,
    },
    redraw: {
      none: 0,
      expected: 0,
      in_progress: 1,
      stale: 0,
      completed: 0,
      cancelled: 0,
      failed: 0,
    },
    needs_decision: 0,
    newest_processed_at: null,
    newest_webhook_age_seconds: null,
  },
  history: historyExample,
  matchReview,
  matchReviewList: { match_reviews: [matchReview], next_cursor: null },
  criticalResultList: { critical_results: [criticalResult], next_cursor: null },
  acknowledgedCriticalResult: {
    ...criticalResult,
    state: 'acknowledged',
    acknowledgement: {
      by: 'lab-ops@example.com',
      at: '2026-03-10T08:00:00.000000Z',
      caller: olivia,
    },
  },
  criticalAcknowledgement: { by: 'lab-ops@example.com', latest_at: '2026-03-10T07:55:00Z' },
  quarantineList: {
    quarantined: [
      {
        id: 'a25be430dc6a4eafabbd6e5312affe000d53b79b',
        reason: 'order.id: not a UUID',
        received_at: '2026-03-10T08:00:00.000000Z',
        size: 59,
        expires_at: '2026-06-08T08:00:00.000000Z',
        replayed_at: null,
        replay_outcome: null,
      },
    ],
    next_cursor: null,
  },
  replay: {
    id: 'a25be430dc6a4eafabbd6e5312affe000d53b79b',
    outcome: 'quarantined',
    reason: 'order.id: not a UUID',
  },
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
  reconciliation: {
    healed: true,
    transaction: {
      ...transaction,
      updated_at: '2026-03-05T08:00:00.000000Z',
      revision: 5,
      orders: [
        initial,
        {
          ...redrawOrder,
          low_level_status: 'requisition_created',
          low_level_status_created_at: '2026-03-05T08:00:00.000000Z',
        },
      ],
      redraw: { ...redraw, stage: 'awaiting_appointment', due_at: '2026-03-12T08:00:00.000000Z' },
    },
  },
  registeredOrder: {
    id: '0bde0000-0000-4000-8000-000000000003',
    order_transaction_id: '7a000000-0000-4000-8000-000000000002',
    origin: null,
    parent_id: null,
    modality: null,
    status: null,
    low_level_status: null,
    low_level_status_created_at: null,
    user_id: '3fa85f64-0000-4000-8000-000000000001',
    client_user_id: 'patient-1042',
    team_id: null,
    lab_test: null,
    has_missing_results: null,
    expected_result_by_date: null,
    worst_case_result_by_date: null,
    created_at: null,
    updated_at: null,
    events: [],
    appointments: [],
    critical_results: [],
    critical_result: null,
    match_reviews: [],
    registered_at: '2026-03-10T08:00:00.000000Z',
  },
  registration: {
    order_transaction_id: '7a000000-0000-4000-8000-000000000002',
    user_id: '3fa85f64-0000-4000-8000-000000000001',
    client_user_id: 'patient-1042',
  },
  acknowledgement: {
    by: 'lab-ops@example.com',
    note: 'Called the draw centre.',
    replaces: null,
  },
};
