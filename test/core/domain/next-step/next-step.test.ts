import { describe, expect, test } from 'vitest';
import type { TransactionOrder } from '../../../../core/domain/members/transaction-orders.ts';
import { nextStep } from '../../../../core/domain/next-step/next-step.ts';
import type { StepInput } from '../../../../core/domain/next-step/situation.ts';
import type { Redraw } from '../../../../core/domain/redraw/redraw.ts';
import type { DecisionCause } from '../../../../core/domain/transaction/decision.ts';
import { at } from '../order-records.ts';

const order = (id: string, fields: Partial<TransactionOrder> = {}) =>
  ({
    id,
    modality: 'walk_in_test',
    low_level_status: 'ordered',
    status: 'received',
    results_reported_at: null,
    ...fields,
  }) as TransactionOrder;
const redraw = (fields: Partial<Redraw> = {}) =>
  ({ stage: 'awaiting_appointment', order_id: 'redraw', ...fields }) as Redraw;
const step = (fields: Partial<StepInput> = {}) =>
  nextStep({
    decision: null,
    redraw: null,
    open_order: null,
    orders: [order('initial', { results_reported_at: at(1) }), order('redraw')],
    missing_results: [],
    stale_since: null,
    acknowledged: false,
    unchecked_reason: null,
    critical: null,
    critical_order_id: null,
    reached: null,
    ...fields,
  });
const overdue = { stale_since: at(9) };
const opened = (stage: NonNullable<StepInput['open_order']>['stage'], modality = 'walk_in_test') => ({
  open_order: { order_id: 'initial', stage, since: null, due_at: null },
  orders: [order('initial', { modality })],
  ...overdue,
});
const decided = (cause: DecisionCause): Partial<StepInput> => ({
  redraw: redraw({ stage: null }),
  decision: { reason: 'redraw_ended', cause, order_id: 'redraw', since: null },
});

describe('what to do next', () => {
  test.each<[string, Partial<StepInput>, string[]]>([
    ['no_order', { redraw: redraw({ stage: 'awaiting_order', order_id: null }) }, ['ask_junction']],
    [
      'no_order_overdue',
      { redraw: redraw({ stage: 'awaiting_order', order_id: null }), ...overdue },
      ['ask_junction', 'ask_lab'],
    ],
    ['no_requisition', { redraw: redraw({ stage: 'awaiting_requisition' }) }, ['ask_junction']],
    [
      'no_requisition_overdue',
      { redraw: redraw({ stage: 'awaiting_requisition' }), ...overdue },
      ['ask_junction', 'ask_lab', 'cancel_order'],
    ],
    [
      'no_appointment',
      { redraw: redraw() },
      ['send_message', 'book_appointment', 'open_requisition', 'call_patient'],
    ],
    ['appointment_pending', { redraw: redraw({ unconfirmed: true }) }, ['ask_junction', 'call_patient']],
    [
      'appointment_pending_overdue',
      { redraw: redraw({ unconfirmed: true }), ...overdue },
      ['ask_junction', 'call_patient', 'open_requisition', 'cancel_order'],
    ],
    ['appointment_booked', { redraw: redraw({ stage: 'awaiting_draw' }) }, ['reschedule_appointment']],
    [
      'appointment_passed',
      { redraw: redraw({ stage: 'awaiting_draw' }), ...overdue },
      [
        'ask_junction',
        'call_patient',
        'send_message',
        'reschedule_appointment',
        'open_requisition',
        'cancel_order',
      ],
    ],
    ['drawn', { redraw: redraw({ stage: 'awaiting_result' }) }, ['ask_junction']],
    [
      'result_overdue',
      { redraw: redraw({ stage: 'awaiting_result' }), ...overdue },
      ['ask_junction', 'ask_lab'],
    ],
    [
      'could_not_be_reached',
      { redraw: redraw(), reached: false, ...overdue },
      ['call_patient', 'book_appointment', 'open_requisition'],
    ],
    [
      'unchecked_no_answer',
      { redraw: redraw(), reached: false, unchecked_reason: 'no_answer', ...overdue },
      ['ask_junction', 'call_patient'],
    ],
    ['unchecked_no_key', { redraw: redraw(), unchecked_reason: 'no_key', ...overdue }, ['call_patient']],
    ['results_incomplete', decided('results_incomplete'), ['record_decision', 'open_results', 'ask_lab']],
    [
      'order_no_appointment',
      opened('awaiting_appointment', 'at_home_phlebotomy'),
      ['call_patient', 'book_appointment', 'open_requisition', 'ask_junction', 'cancel_order'],
    ],
    [
      'order_appointment_pending',
      {
        ...opened('awaiting_appointment'),
        orders: [order('initial', { low_level_status: 'appointment_pending', status: 'collecting_sample' })],
      },
      ['ask_junction', 'call_patient', 'open_requisition', 'cancel_order'],
    ],
    [
      'order_kit_not_returned',
      opened('awaiting_appointment', 'testkit'),
      ['call_patient', 'ask_junction', 'cancel_order'],
    ],
    ['order_result_overdue', opened('awaiting_result'), ['ask_junction', 'ask_lab']],
  ])('is found for %s, with the actions of the stage', (situation, fields, actions) => {
    expect(step(fields)).toMatchObject({ situation, actions });
  });

  test('is a critical result before anything else', () => {
    const critical = { critical: 'open', critical_order_id: 'initial' } as const;
    expect(step({ redraw: redraw(), unchecked_reason: 'no_answer', ...overdue, ...critical })).toMatchObject({
      situation: 'critical_result',
      order_id: 'initial',
      actions: ['acknowledge_critical_result', 'open_results'],
    });
  });

  test('is nothing after a decision, without a redraw, and before an order is flagged', () => {
    expect(step({ ...decided('redraw_failed'), acknowledged: true })).toBeNull();
    expect(step()).toBeNull();
    expect(step({ ...opened('awaiting_draw'), stale_since: null })).toBeNull();
  });

  test('never includes cancelling what cannot be cancelled', () => {
    const orders = [order('redraw', { low_level_status: 'partial_results', status: 'sample_with_lab' })];
    expect(step({ redraw: redraw(), orders, ...overdue })?.actions).not.toContain('cancel_order');
  });
});

describe('the cause', () => {
  const missing = (...types: string[]) =>
    types.map((failure_type) => ({ name: 'M', slug: null, failure_type, loinc: null }));

  test('before the draw is that which asks most of a person', () => {
    const missing_results = missing('internal_lab_failure', 'patient_condition_failure', 'made_up');
    expect(step({ redraw: redraw(), missing_results })?.cause).toBe('patient_condition_failure');
    expect(step({ redraw: redraw({ stage: 'awaiting_result' }), missing_results })?.cause).toBeNull();
    expect(step({ redraw: redraw(), missing_results: missing('non_failure') })?.cause).toBeNull();
  });

  test('of a failed sample is the detail of its status', () => {
    const failed = { low_level_status: 'sample_error', status: 'failed', status_detail: 'sample_hemolyzed' };
    const decision = {
      reason: 'order_failed',
      cause: 'sample_failed',
      order_id: 'initial',
      since: null,
    } as const;
    expect(step({ decision, orders: [order('initial', failed)] })).toMatchObject({
      situation: 'sample_failed',
      order_id: 'initial',
      cause: 'sample_hemolyzed',
      actions: ['record_decision', 'ask_lab', 'call_patient'],
    });
  });
});
