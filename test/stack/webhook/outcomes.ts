/** The outcomes of accepted webhooks. */

import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { enveloped, event, march, orderId, walkIn } from '../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../tools/verification/oracle/reading/spelling.ts';
import {
  client,
  eventsOf,
  expectQuarantined,
  lastOrder,
  MIB,
  newOrder,
  outcome,
  quarantined,
} from './scene.ts';

export function outcomes(): void {
  describe('200', () => {
    const ordered = event(1, 'ordered', march(1));
    const requisition = event(2, 'requisition_created', march(2));
    const completed = event(3, 'completed', march(3));

    test('applied: new facts are stored', async () => {
      expect(await outcome(walkIn(1, [ordered]))).toBe('applied');
      expect(await outcome(walkIn(1, [ordered, requisition]))).toBe('applied');
      expect(await eventsOf(1)).toEqual(['ordered', 'requisition_created']);
    });

    test('duplicate: the same facts again, under any id', async () => {
      expect(await outcome(walkIn(2, [ordered]))).toBe('applied');
      expect(await outcome(walkIn(2, [ordered]))).toBe('duplicate');
      expect(await outcome(walkIn(2, [ordered]), { id: 'msg_replayed' })).toBe('duplicate');
    });

    test('superseded: late, and without anything new', async () => {
      expect(await outcome(walkIn(3, [ordered, requisition]))).toBe('applied');
      expect(await outcome(walkIn(3, [ordered]))).toBe('superseded');
      expect(await eventsOf(3)).toEqual(['ordered', 'requisition_created']);
    });

    test('merged: late, with an event that was unknown', async () => {
      expect(await outcome(walkIn(4, [ordered, completed]))).toBe('applied');
      expect(await outcome(walkIn(4, [ordered, requisition]))).toBe('merged');
      expect(await outcome(walkIn(4, [ordered, requisition]))).toBe('superseded');
      expect(await eventsOf(4)).toEqual(['ordered', 'requisition_created', 'completed']);
    });

    test('ignored: an event type that is not tracked, with any content', async () => {
      expect(await outcome({ event_type: 'daily.data.sleep.created', data: { id: 7 } })).toBe('ignored');
      expect(await outcome({ event_type: 'labtest.order.eaten', data: null })).toBe('ignored');
    });

    test.each<[string, string | Buffer]>([
      ['not JSON', '<order id="7"/>'],
      ['half of a JSON text', '{"event_type":"labtest.order.updated","data":{"id":'],
      ['nothing', ''],
      ['no object', '[1,2,3]'],
      ['null', 'null'],
      ['a text', '"labtest.order.updated"'],
      ['JSON after a byte order mark', '\ufeff{}'],
      ['deep nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
      ['an order without an id', JSON.stringify(enveloped({ ...walkIn(5, []), id: null }))],
      ['an order whose id is not a UUID', JSON.stringify(walkIn(5, [], { id: '../../etc/passwd' }))],
      ['an event without a time', JSON.stringify(walkIn(5, [{ ...ordered, created_at: 'yesterday' }]))],
      ['an event without a status', JSON.stringify(walkIn(5, [{ ...ordered, status: 7 }]))],
      ['an invalid list', JSON.stringify({ ...walkIn(5, []), events: { length: 1 } })],
      ['half a surrogate pair', JSON.stringify(walkIn(5, [{ ...ordered, status: 'ordered\ud83d' }]))],
      ['more than fits into an item', JSON.stringify(walkIn(5, manyEvents(9_000)))],
    ])('quarantined: %s', async (_, body) => {
      expect(await expectQuarantined(body)).toMatch(/\w/);
      // A repetition has the same outcome, and is stored once.
      expect(await expectQuarantined(body)).toMatch(/\w/);
    });

    test('quarantined: an unreadable webhook changes nothing else', async () => {
      expect((await client.ask(`/v1/orders/${orderId(5)}`)).status).toBe(404);
    });

    test('quarantined: as large as allowed, and incompressible', async () => {
      const body = randomBytes((MIB * 3) / 4).toString('base64');
      expect(body.length).toBe(MIB);
      await expectQuarantined(body);
      expect((await quarantined(body))?.parts).toBeGreaterThan(1);
    });

    test('a body that would change the prototype of objects has no effect', async () => {
      const poison =
        '"__proto__":{"status":"cancelled","id":"x"},"constructor":{"prototype":{"outcome":"ignored"}}';
      const poisoned = JSON.stringify(newOrder()).replace('{', `{${poison},`);
      expect(await outcome(poisoned)).toBe('applied');
      expect(await outcome(JSON.stringify(enveloped(newOrder())).replace('{', `{${poison},`))).toBe(
        'applied',
      );
      await expectQuarantined(`{${poison}}`);
      const typed = '{"event_type":"__proto__","data":{}}';
      expect(await outcome(typed)).toBe('ignored');
      expect(await outcome(newOrder([ordered]))).toBe('applied');
      const { json } = await lastOrder();
      expect(json).toMatchObject({ status: 'received', low_level_status: 'ordered' });
    });
  });
}

function manyEvents(count: number): Json[] {
  return Array.from({ length: count }, (_, index) => event(index, 'partial_results', march(2)));
}
