const id = '0bde0000-0000-4000-8000-000000000005';
const order_transaction = '7a000000-0000-4000-8000-000000000005';
const placed_at = '2026-03-10T08:00:00.000000Z';

const orderRequest = {
  user_id: '3fa85f64-0000-4000-8000-000000000002',
  order_set: { lab_test_ids: ['5a000000-0000-4000-8000-000000000001'] },
  patient_details: {
    first_name: 'Ada',
    last_name: 'Okafor',
    dob: '1980-05-06',
    gender: 'female',
    phone_number: '+16025550123',
    email: 'ada@example.com',
  },
  patient_address: {
    first_line: '1 Main St',
    city: 'Phoenix',
    state: 'AZ',
    zip: '85004',
    country: 'US',
  },
};

export const orderingExamples = {
  orderRequest,
  placedOrder: {
    order: {
      id,
      user_id: orderRequest.user_id,
      patient_details: orderRequest.patient_details,
      patient_address: orderRequest.patient_address,
      details: { type: 'walk_in_test' },
      status: 'received',
      events: [{ id: 11, created_at: placed_at, status: 'received.walk_in_test.ordered' }],
      origin: 'initial',
      order_transaction: {
        id: order_transaction,
        status: 'active',
        orders: [
          {
            id,
            low_level_status: 'ordered',
            low_level_status_created_at: placed_at,
            origin: 'initial',
            parent_id: null,
            created_at: placed_at,
            updated_at: placed_at,
          },
        ],
      },
      created_at: placed_at,
      updated_at: placed_at,
    },
    transaction: {
      id: order_transaction,
      status: 'active',
      outcome: 'in_progress',
      rule: 'P/none',
      rule_source: 'documented',
      reported_status: 'active',
      diverges: false,
      team_id: null,
      user_id: orderRequest.user_id,
      client_user_id: null,
      created_at: placed_at,
      updated_at: placed_at,
      revision: 1,
      orders: [
        {
          id,
          origin: 'initial',
          parent_id: null,
          modality: 'walk_in_test',
          lab_test: null,
          status: 'received',
          low_level_status: 'ordered',
          low_level_status_created_at: placed_at,
          status_detail: null,
          interpretation: null,
          created_at: placed_at,
          has_missing_results: null,
          redraw_available_at: null,
          results_reported_at: null,
          critical_result: null,
        },
      ],
      critical_result: null,
      missing_results: [],
      redraw: null,
      open_order: {
        order_id: id,
        stage: 'awaiting_requisition',
        due_at: '2026-03-12T08:00:00.000000Z',
        stalled_since: null,
        unchecked: false,
        unchecked_reason: null,
        acknowledgement: null,
        withdrawal: null,
      },
      anomalies: [],
    },
  },
};
