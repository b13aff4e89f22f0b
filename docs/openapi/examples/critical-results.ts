import { olivia } from './caller.ts';

const notice = { told: 'Dr. Lee', channel: 'phone', read_back: true };

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

export const criticalResultExamples = {
  criticalResultList: { critical_results: [criticalResult], next_cursor: null },
  acknowledgedCriticalResult: {
    ...criticalResult,
    state: 'acknowledged',
    acknowledgement: {
      by: 'lab-ops@example.com',
      at: '2026-03-10T08:00:00.000000Z',
      caller: olivia,
      ...notice,
    },
  },
  criticalAcknowledgement: { by: 'lab-ops@example.com', ...notice, latest_at: '2026-03-10T07:55:00Z' },
};
