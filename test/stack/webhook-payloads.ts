/** Everything Junction sends, in every spelling, is understood. */

import { describe, expect, test } from 'vitest';
import { SCRIPTS, type Script } from '../../sandbox/catalogue.ts';
import { journey, journeys } from '../../sandbox/journeys.ts';
import type { Spelling } from '../../sandbox/spellings.ts';
import { appointment, enveloped, march, orderId } from '../oracle/bodies.ts';
import type { Json } from '../oracle/spelling.ts';
import { MARKED } from '../patient-data.ts';
import { lastOrder, lastOrderNumber, newOrder, outcome } from './webhook-scene.ts';

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

    test.each<Script>([...SCRIPTS])('is taken in every webhook of a journey %s', async (script) => {
      for (const { payload } of journey(script, 7, { spelling: 'documented', ...MARKED }).snapshots) {
        expect(await outcome(payload as Json)).toMatch(/^(applied|duplicate|ignored)$/);
      }
    });

    test.each<[string, Partial<Spelling>]>([
      ['a null transaction', { transaction: 'null' }],
      ['no transaction', { transaction: 'missing' }],
      ["the API's names in the transaction", { transaction: 'api_names' }],
      ['null statuses in the transaction', { transaction: 'null_statuses' }],
      ['a null status', { status: 'null' }],
      ['no status', { status: 'missing' }],
      ['no last event', { lastEvent: 'missing' }],
      ['no events', { events: 'missing' }],
      ['an old updated_at', { updatedAt: 'older' }],
      ['a constant updated_at', { updatedAt: 'constant' }],
      ['times without a zone', { time: { zone: 'none', separator: ' ', digits: 6 } }],
      ['times of elsewhere', { time: { zone: '+05:30', separator: 'T', digits: 3 } }],
      ['unknown words in open lists', { enums: 'unknown' }],
      ['a null origin', { origin: 'null' }],
      ['fields nobody documented', { fields: 'extra' }],
      ['missing results riding along', { missingResults: 'riding_along' }],
    ])('is taken with %s', async (_, spelling) => {
      for (const { payload } of journey('redraw_completed', 11, { spelling, ...MARKED }).snapshots) {
        expect(await outcome(payload as Json)).toMatch(/^(applied|merged|superseded|duplicate)$/);
      }
    });

    test('is taken in a mix of all of that', async () => {
      const bodies = journeys(21, 20, MARKED).flatMap(({ snapshots }) =>
        snapshots.map(({ payload }) => payload),
      );
      for (const body of bodies) expect(await outcome(body as Json)).not.toBe('quarantined');
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
