import { expect, test } from 'vitest';
import { sampleJourneys } from '../../journeys/sample-journeys.ts';
import { timedDeliveries } from '../../webhooks/timed-deliveries.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const journeys = sampleJourneys(NOW);

test('the webhooks of the samples come soon after what they report, some later and some twice, and none in the future', () => {
  const deliveries = timedDeliveries(journeys, 1);
  const times = deliveries.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(NOW.getTime());
  const snapshots = journeys.flatMap((journey) => journey.snapshots);
  const happened = new Map(snapshots.map(({ at, payload }) => [JSON.stringify(payload), Date.parse(at)]));
  expect(new Set(deliveries.map(({ body }) => body))).toEqual(new Set(happened.keys()));
  expect(deliveries.length).toBeGreaterThan(snapshots.length);
  const delays = deliveries.map(({ at, body }) => at.getTime() - (happened.get(body) ?? 0));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(1_000);
  expect(delays.filter((delay) => delay < 6_001).length / delays.length).toBeGreaterThan(0.6);
  expect(timedDeliveries(journeys, 1)).toEqual(deliveries);
});
