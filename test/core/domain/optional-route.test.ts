import { expect, test } from 'vitest';
import { failedAgain, isOffered, type RouteFailures } from '../../../core/domain/optional-route.ts';

const at = (clock: string, day = '05') => `2026-03-${day}T${clock}:00.000000Z`;
const failed = { reason: '500', saysSo: false };

function after(...times: string[]): RouteFailures | undefined {
  return times.reduce<RouteFailures | undefined>(
    (before, time) => failedAgain(before, failed, time),
    undefined,
  );
}

test('a route that fails in three runs within half an hour or more is not offered for a day', () => {
  expect(isOffered(undefined, at('08:00'))).toBe(true);
  expect(after(at('08:00'), at('08:31'))?.not_offered_until).toBeNull();
  expect(after(at('08:00'), at('08:10'), at('08:20'))?.not_offered_until).toBeNull();
  const failures = after(at('08:00'), at('08:15'), at('08:30'));
  expect(failures).toMatchObject({ runs: 3, since: at('08:00'), not_offered_until: at('08:30', '06') });
  expect(isOffered(failures, at('08:29', '06'))).toBe(false);
  expect(isOffered(failures, at('08:30', '06'))).toBe(true);
  // The next failure is enough, because none has succeeded since.
  expect(failedAgain(failures, failed, at('08:30', '06')).not_offered_until).toBe(at('08:30', '07'));
});

test('what Junction says itself counts at once', () => {
  const said = failedAgain(undefined, { ...failed, saysSo: true }, at('08:00'));
  expect(isOffered(said, at('09:00'))).toBe(false);
});

test('a failure noted at a time in the future does not count', () => {
  const ahead = failedAgain(undefined, { ...failed, saysSo: true }, at('08:00', '20'));
  expect(isOffered(ahead, at('08:00'))).toBe(true);
});
