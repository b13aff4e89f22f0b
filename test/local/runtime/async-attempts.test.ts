import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../local/runtime/async-attempts.ts';
import { outcomeRecord } from '../../../local/runtime/async-outcomes.ts';
import { Throttled } from '../../../local/runtime/functions.ts';
import { testClock } from '../fixtures/ports.ts';

type Answer = 'ok' | 'fail' | 'throttle';

const failure = { errorType: 'Error', errorMessage: 'no', trace: [] };

async function invoked(answers: Answer[], { retries = 2, ageMs = 3_600_000, failures = 0, endAt = 99 } = {}) {
  const clock = testClock();
  let calls = 0;
  const noted: number[] = [];
  const outcome = await outcomeOf(
    { payload: '{"a":1}', acceptedAt: clock.now(), failures },
    {
      rules: { retries, ageMs },
      ports: clock,
      async invoke() {
        const answer = answers[calls] ?? 'ok';
        calls += 1;
        if (calls === endAt) clock.end();
        if (answer === 'throttle') throw new Throttled('Rate exceeded');
        const requestId = `r${calls}`;
        return answer === 'ok'
          ? { ok: true, requestId, payload: '{"b":2}' }
          : { ok: false, requestId, failure };
      },
      failed: (count) => noted.push(count),
    },
  );
  return { outcome, calls, noted, slept: clock.slept };
}

describe('an asynchronous invocation', () => {
  it('is done when the function has succeeded', async () => {
    expect(await invoked(['ok'])).toMatchObject({
      outcome: { condition: 'Success', failures: 0 },
      calls: 1,
      slept: [],
    });
  });

  it('is tried again after one minute and after two', async () => {
    const { outcome, slept, noted } = await invoked(['fail', 'fail', 'ok']);
    expect(outcome).toMatchObject({ condition: 'Success', failures: 2 });
    expect([slept, noted]).toEqual([
      [60_000, 120_000],
      [1, 2],
    ]);
  });

  it('is given up after the last retry', async () => {
    const { outcome, calls } = await invoked(['fail', 'fail', 'fail', 'ok']);
    expect([calls, outcome]).toEqual([
      3,
      { condition: 'RetriesExhausted', failures: 3, result: { ok: false, requestId: 'r3', failure } },
    ]);
    expect((await invoked(['fail', 'ok'], { retries: 0 })).calls).toBe(1);
  });

  it('goes on counting where an earlier run was killed', async () => {
    expect(await invoked(['fail'], { failures: 2 })).toMatchObject({ calls: 1, outcome: { failures: 3 } });
  });

  it('waits while the function is at its limit, which is no failure', async () => {
    const { outcome, slept, noted } = await invoked(['throttle', 'throttle', 'throttle', 'ok']);
    expect([outcome?.condition, noted, slept]).toEqual(['Success', [], [500, 1000, 2000]]);
  });

  it('is given up when it has become too old', async () => {
    const { outcome, calls } = await invoked(['fail', 'ok'], { ageMs: 59_999 });
    expect([calls, outcome]).toMatchObject([
      1,
      { condition: 'EventAgeExceeded', failures: 1, result: { ok: false } },
    ]);
    expect((await invoked(Array(50).fill('throttle'), { ageMs: 60_000 })).outcome).toMatchObject({
      condition: 'EventAgeExceeded',
      result: undefined,
    });
  });

  it('is left to the next run when this one ends, without a failure for what was cut off', async () => {
    expect(await invoked(['fail'], { endAt: 1 })).toMatchObject({ outcome: undefined, noted: [] });
    expect(await invoked(['throttle'], { endAt: 1 })).toMatchObject({ outcome: undefined, noted: [] });
  });

  it('is told of as Lambda does', async () => {
    const { outcome } = await invoked(['fail'], { retries: 0 });
    if (!outcome) throw new Error('it has an outcome');
    const now = new Date('2026-05-01T12:00:00Z');
    expect(JSON.parse(outcomeRecord('arn:f', '{"a":1}', outcome, now))).toEqual({
      version: '1.0',
      timestamp: '2026-05-01T12:00:00.000Z',
      requestContext: {
        requestId: 'r1',
        functionArn: 'arn:f:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 1,
      },
      requestPayload: { a: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: failure,
    });
  });
});
