import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { Situation } from '../../../core/domain/next-step/situation.ts';

/** The transaction that the examples are about, its people, and its redraw in each state. */
export const TRANSACTION = '6424dd45-6a4e-4f2c-8d0b-4f2d1d2f9a01';
export const INITIAL = '0b6c7e0a-9a53-4b59-9a4f-2f5f0f8b7c11';
export const REDRAW = '3d2f8c54-1d7e-4a8e-b0a5-8a9f5d6e7b22';
type Redraw = NonNullable<EventDetail<'Redraw Available'>['redraw']>;

export const ferritin = {
  name: 'Ferritin',
  slug: 'ferritin',
  failure_type: 'quantity_not_sufficient_failure' as const,
  loinc: '2276-4',
};

export const LAB_TEST = { name: 'Iron Panel', lab: 'quest' };

export const about = (revision: number, event: string, time: string) => ({
  id: `${TRANSACTION}:${INITIAL.slice(-12)}.1:${revision}:${event}`,
  correlation_id: 'msg_2f5f0f8b7c119a534b59',
  time,
  transaction_id: TRANSACTION,
  revision,
  sequence: 0,
  team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
  user_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  client_user_id: 'clinic-7/1234',
  lab_test: LAB_TEST,
  owner: null,
  next_step: null,
  missing_results: [],
});

export const AVAILABLE_AT = '2026-03-05T10:00:00.000000Z';
export const REQUESTED_AT = '2026-03-05T14:00:00.000000Z';
export const COMPLETED_AT = '2026-03-19T08:30:00.000000Z';
export const NURSES = {
  by: 'nurse@example.com',
  at: '2026-03-12T15:10:00.000000Z',
  // A program of yours acknowledged it for the nurse.
  caller: { subject: '1example23456789', client_id: '1example23456789', name: null },
};

export const LAB_OPS = {
  subject: '11111111-3526-4838-8c92-063fa760fb6b',
  client_id: '7example98765432',
  name: 'lab-ops@example.com',
};

export const expected = {
  state: 'expected',
  stage: 'awaiting_order',
  order_id: null,
  single_order: false,
  available_at: AVAILABLE_AT,
  due_at: '2026-03-05T11:00:00.000000Z',
  stale_since: null,
} as const;

export const ordered = {
  ...expected,
  state: 'in_progress',
  stage: 'awaiting_requisition',
  order_id: REDRAW,
  due_at: '2026-03-06T10:00:05.000000Z',
} as const;

export const requested = {
  ...ordered,
  stage: 'awaiting_appointment',
  due_at: '2026-03-12T14:00:00.000000Z',
} as const;

export const done = {
  ...requested,
  state: 'completed',
  stage: null,
  due_at: null,
} as const;

/** Its redraw, what is missing because of it, and what to do next. */
export const withRedraw = (redraw: Redraw, situation: Situation) => ({
  redraw,
  missing_results: [ferritin],
  next_step: { situation, order_id: redraw.order_id, cause: ferritin.failure_type },
});

/** A fresh copy: no two events share an object that somebody could change. */
export const copied = <Value>(value: Value): Value => structuredClone(value);
