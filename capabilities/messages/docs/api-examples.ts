import { olivia } from '../../../docs/openapi/examples/caller.ts';

const requested = {
  id: 'redraw_available.sms.1',
  template: 'redraw_available',
  channel: 'sms',
  state: 'planned',
  reason: null,
  planned_at: '2026-03-10T08:00:00.000000Z',
  due_at: '2026-03-10T08:00:00.000000Z',
  sent_at: null,
  updated_at: '2026-03-10T08:00:00.000000Z',
  by: 'lab-ops@example.com',
  caller: olivia,
  why: 'The patient asked for the link again.',
};

const recorded = { by: 'lab-ops@example.com', at: '2026-03-10T08:00:00.000000Z', caller: olivia };

export const messageExamples = {
  patientMessage: requested,
  patientMessageList: { messages: [requested] },
  messageRequest: {
    template: 'redraw_available',
    channel: 'sms',
    by: 'lab-ops@example.com',
    why: 'The patient asked for the link again.',
  },
  messageSettings: {
    user_id: '3fa85f64-0000-4000-8000-000000000001',
    consent: { sms: { given: true, ...recorded }, email: null },
    opt_out: { sms: null, email: { ...recorded, reason: null } },
  },
  messageSettingsChange: {
    by: 'lab-ops@example.com',
    consent: { sms: true },
    opt_out: { email: true },
  },
};
