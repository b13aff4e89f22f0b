import { describe, expect, test } from 'vitest';
import type { OrderSnapshot } from '../../../../core/domain/order/order-record.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

test('a redraw is no longer expected if Junction reports that the transaction has ended without one', () => {
  const told = (status: string) =>
    transactionFrom(
      brings(1, {
        events: [event(1, STATUS_OF_CLASS.R)],
        snapshot: { origin: 'initial', report: { status, orders: { [orderId(1)]: at(1) } } },
      }),
    );
  expect(told('active')).toMatchObject({
    status: 'active',
    redraw: { state: 'expected', due_at: at(3_601) },
  });
  for (const status of ['completed', 'cancelled']) {
    expect(told(status)).toMatchObject({
      status,
      redraw: { state: 'cancelled', order_id: null, stage: null, since: null, due_at: null },
    });
  }
});

describe('a single-order redraw', () => {
  const events = [event(1, STATUS_OF_CLASS.R), event(2, STATUS_OF_CLASS.C)];
  const redrawn = (fields: Partial<OrderSnapshot> = {}) =>
    brings(1, { events, snapshot: { origin: 'initial', ...fields } });

  test('ends when its order completes', () => {
    expect(transactionFrom(redrawn())).toMatchObject({
      status: 'completed',
      rule: 'C/single_order',
      outcome: 'results_complete',
      redraw: {
        state: 'completed',
        single_order: true,
        order_id: null,
        available_at: at(1),
        stage: null,
        since: null,
        due_at: null,
      },
    });
  });

  test('leaves a decision if results are still missing', () => {
    expect(transactionFrom(redrawn({ has_missing_results: true }))).toMatchObject({
      outcome: 'results_incomplete',
      redraw: { state: 'completed' },
      decision: { reason: 'redraw_ended', cause: 'results_incomplete', since: at(2) },
    });
  });

  test('does not exist if there is a redraw order', () => {
    const order = brings(2, { events: [event(3, STATUS_OF_CLASS.P)], snapshot: { origin: 'redraw' } });
    expect(transactionFrom(redrawn(), order)).toMatchObject({
      rule: 'C/P',
      redraw: { state: 'in_progress', single_order: false, order_id: orderId(2) },
    });
  });
});

describe('an unexpected redraw', () => {
  const lab = (slug: string | null) => ({ lab_test: { id: null, name: null, slug: null, lab: slug } });
  const initial = (fields: Partial<OrderSnapshot>, status: keyof typeof STATUS_OF_CLASS = 'R') =>
    brings(1, { events: [event(1, STATUS_OF_CLASS[status])], snapshot: { origin: 'initial', ...fields } });
  const unexpected = (...of: ReturnType<typeof brings>[]) =>
    transactionFrom(...of).anomalies.filter(({ code }) => code === 'unexpected_redraw');
  const testkit = { modality: 'testkit', ...lab('quest') };

  test('is one of another modality or at another lab than Junction has redraws for', () => {
    expect(unexpected(initial({ modality: 'walk_in_test', ...lab('quest') }))).toEqual([]);
    expect(unexpected(initial({ ...lab(null) }))).toEqual([]);
    const seen = [{ code: 'unexpected_redraw', order_id: orderId(1), first_seen_at: at(1) }];
    expect(unexpected(initial(testkit))).toEqual(seen);
    expect(unexpected(initial({ modality: 'walk_in_test', ...lab('sonora_quest') }))).toEqual(seen);
    expect(unexpected(initial(testkit, 'C'))).toEqual([]);
  });

  test('is about the redraw order, if there is one', () => {
    const redraw = brings(2, { snapshot: { origin: 'redraw', created_at: at(3) } });
    expect(unexpected(initial(testkit), redraw)).toMatchObject([
      { order_id: orderId(2), first_seen_at: at(3) },
    ]);
  });
});
