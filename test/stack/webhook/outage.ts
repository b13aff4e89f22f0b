/** The answers while the store is unavailable. */

import { describe, expect, test } from 'vitest';
import { orderId } from '../../../tools/verification/oracle/bodies.ts';
import {
  client,
  engine,
  eventsOf,
  expectProblem,
  FOREIGN,
  lastOrderNumber,
  newOrder,
  outcome,
  post,
} from './scene.ts';

export function outage(): void {
  describe('503', () => {
    test('while the store is unavailable; later the same webhook is accepted', async () => {
      const [order, garbage] = [newOrder(), 'not JSON, kept when there is where to keep it'];
      await engine.stop();
      for (const body of [order, garbage]) {
        const answer = await post(body);
        expectProblem(answer, 503);
        expect(answer.text).not.toMatch(/ECONN|127\.0\.0|dynamo|socket|stack/i);
        expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      }
      // An ignored webhook needs no store.
      expectProblem(await post(order, { secrets: [FOREIGN] }), 401);
      expect(await outcome({ event_type: 'daily.data.sleep.created', data: {} })).toBe('ignored');
      await engine.restart();
      expect(await outcome(order)).toBe('applied');
      expect(await outcome(garbage)).toBe('quarantined');
      expect(await eventsOf(lastOrderNumber())).toEqual(['ordered']);
      // The projection continues where it stopped, too.
      const stands = () => client.ask(`/v1/transactions/${orderId(lastOrderNumber())}`);
      await expect.poll(async () => (await stands()).status, { timeout: 20_000 }).toBe(200);
    });
  });
}
