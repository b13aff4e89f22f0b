/** Webhooks are accepted in every form. Every spelling and kind of journey: test/core/junction, query/scene.ts. */

import { describe, expect, test } from 'vitest';
import { appointment, enveloped, march, orderId } from '../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../tools/verification/oracle/reading/spelling.ts';
import { lastOrder, lastOrderNumber, newOrder, outcome } from './scene.ts';

export function payloads(): void {
  describe('a webhook of Junction', () => {
    test.each<[string, (order: Json) => Json]>([
      ['in the full envelope', (order) => enveloped(order)],
      ['with its event type alone', (data) => ({ event_type: 'labtest.order.created', data })],
      ['bare', (order) => order],
      [
        'with the event type of the product guide',
        (order) => enveloped(order, { event_type: 'order_status_updated' }),
      ],
    ])('is accepted %s', async (_, form) => {
      const order = newOrder();
      expect(await outcome(form(order))).toBe('applied');
      expect(await outcome(form(order))).toBe('duplicate');
    });

    test('is recognized in another form', async () => {
      const order = newOrder();
      expect(await outcome(enveloped(order))).toBe('applied');
      expect(await outcome({ event_type: 'labtest.order.updated', data: order })).toBe('duplicate');
    });

    test('about an appointment, a critical result or a match review is stored', async () => {
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
