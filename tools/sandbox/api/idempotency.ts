import { DAY, type Instant } from '../time.ts';
import { type Answer, type ApiAnswer, answered, type RouteContext } from './api.ts';

/** Junction keeps keys for at least 24 hours: https://docs.junction.com/lab/overview/idempotency */
const KEPT = DAY;

interface Kept {
  at: Instant;
  answer: ApiAnswer;
}

const keptBy = new WeakMap<RouteContext['junction'], Map<string, Kept>>();

/**
 * Gives the first answer again to requests with the same `X-Idempotency-Key`, refusals included. Requests that fail
 * validation are not kept, and with `X-Idempotency-Error: no-cache` only successes are.
 */
export function idempotent(name: string, answer: Answer): Answer {
  return (context, request, id) => {
    const key = request.headers['x-idempotency-key'];
    if (typeof key !== 'string') return answer(context, request, id);
    const kept = keptBy.get(context.junction) ?? new Map<string, Kept>();
    keptBy.set(context.junction, kept);
    const place = `${name} ${id} ${key}`;
    const now = context.junction.now();
    const before = kept.get(place);
    if (before && now - before.at < KEPT) return before.answer;
    const fresh = answered(() => answer(context, request, id));
    const onlySuccesses = request.headers['x-idempotency-error'] === 'no-cache';
    if (fresh.status !== 422 && (fresh.status < 300 || !onlySuccesses))
      kept.set(place, { at: now, answer: fresh });
    return fresh;
  };
}
