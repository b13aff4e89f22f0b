import { describe, expect, it } from 'vitest';
import { invocationRecord } from '../../invocations/async-invocation-record.ts';
import { invokeWithRetries } from '../../invocations/async-retries.ts';
import { Throttled } from '../../runtime/functions.ts';
import { testClock } from '../fixtures/delivery.ts';

type Answer = 'ok' | 'fail' | 'throttle';

const failure = { errorType: 'Error', errorMessage: 'no', trace: [] };

async function invoked(answers: Answer[], { retries = 2, ageMs = 3_600_000, failures = 0, endAt = 99 } = {}) {
  const clock = testClock();
  let calls = 0;
  const noted: number[] = [];
  const outcome = await invokeWithRetries(
    { payload: '{"a":1}', acceptedAt: clock.now(), failures },
    {
      config: { retries, ageMs },
      context: clock,
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
      onFailure: (count) => noted.push(count),
    },
  );
  return { outcome, calls, noted, slept: clock.slept };
}

describe('an asynchronous invocation', () => {
  it('ends when the function succeeds', async () => {
    expect(await invoked(['ok'])).toMatchObject({
      outcome: { condition: 'Success', failures: 0 },
      calls: 1,
      slept: [],
    });
  });

  it('is retried after one minute, then after two', async () => {
    const { outcome, slept, noted } = await invoked(['fail', 'fail', 'ok']);
    expect(outcome).toMatchObject({ condition: 'Success', failures: 2 });
    expect([slept, noted]).toEqual([
      [60_000, 120_000],
      [1, 2],
    ]);
  });

  it('is discarded after the last retry', async () => {
    const { outcome, calls } = await invoked(['fail', 'fail', 'fail', 'ok']);
    expect([calls, outcome]).toEqual([
      3,
      { condition: 'RetriesExhausted', failures: 3, result: { ok: false, requestId: 'r3', failure } },
    ]);
    expect((await invoked(['fail', 'ok'], { retries: 0 })).calls).toBe(1);
  });

  it('counts the failures of an earlier run', async () => {
    expect(await invoked(['fail'], { failures: 2 })).toMatchObject({ calls: 1, outcome: { failures: 3 } });
  });

  it('waits while the function is throttled, without counting a failure', async () => {
    const { outcome, slept, noted } = await invoked(['throttle', 'throttle', 'throttle', 'ok']);
    expect([outcome?.condition, noted, slept]).toEqual(['Success', [], [500, 1000, 2000]]);
  });

  it('is discarded when it is too old', async () => {
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

  it('is left to the next run when this one ends, without counting a failure', async () => {
    expect(await invoked(['fail'], { endAt: 1 })).toMatchObject({ outcome: undefined, noted: [] });
    expect(await invoked(['throttle'], { endAt: 1 })).toMatchObject({ outcome: undefined, noted: [] });
  });

  it('is recorded as Lambda does', async () => {
    const { outcome } = await invoked(['fail'], { retries: 0 });
    if (!outcome) throw new Error('it has an outcome');
    const now = new Date('2026-05-01T12:00:00Z');
    expect(JSON.parse(invocationRecord('arn:f', '{"a":1}', outcome, now))).toEqual({
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
