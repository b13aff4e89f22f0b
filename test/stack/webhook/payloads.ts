/** What Junction sends is taken in every form. In every spelling and kind of journey: test/junction, random-journeys. */

import { describe, expect, test } from 'vitest';
import { appointment, enveloped, march, orderId } from '../../oracle/bodies.ts';
import type { Json } from '../../oracle/reading/spelling.ts';
import { lastOrder, lastOrderNumber, newOrder, outcome } from './scene.ts';

export function payloads(): void {
  describe('what Junction sends', () => {
    test.each<[string, (order: Json) => Json]>([
      ['in the full envelope', (order) => enveloped(order)],
      ['with its event type alone', (data) => ({ event_type: 'labtest.order.created', data })],
      ['bare', (order) => order],
      ['as the product guide names it', (order) => enveloped(order, { event_type: 'order_status_updated' })],
    ])('is taken %s', async (_, form) => {
      const order = newOrder();
      expect(await outcome(form(order))).toBe('applied');
      expect(await outcome(form(order))).toBe('duplicate');
    });

    test('is known again in another form', async () => {
      const order = newOrder();
      expect(await outcome(enveloped(order))).toBe('applied');
      expect(await outcome({ event_type: 'labtest.order.updated', data: order })).toBe('duplicate');
    });

    test('appointments, critical results and match reviews are kept', async () => {
      newOrder();
      const visit = { event_type: 'labtest.appointment.updated', data: appointment(1, lastOrderNumber()) };
      expect(await outcome(visit)).toBe('applied');
      expect(await outcome(visit)).toBe('duplicate');
      const result = {
        order_id: orderId(lastOrderNumber()),
        status: 'final',
        updated_at: march(4),
        interpretation: 'critical',
      };
      const critical = { event_type: 'labtest.result.critical', data: result };
      expect(await outcome(critical)).toBe('applied');
      expect(await outcome(critical)).toBe('duplicate');
      const review = { event_type: 'labtest.match_review.created', data: { id: 'review-1', status: 'open' } };
      expect(await outcome(review)).toBe('applied');
      expect(await outcome(review)).toBe('duplicate');
      const { json } = await lastOrder();
      expect(json).toMatchObject({
        low_level_status: null,
        appointments: [{ status: 'confirmed' }],
        critical_results: [{ status: 'final' }],
      });
    });
  });
}
