import { describe, expect, it } from 'vitest';
import { deadLetterAttributes, deliver, retryPolicy } from '../../topics-and-queues/delivery.ts';
import { MessageRejected } from '../../topics-and-queues/destinations.ts';
import { testClock, testDestination } from '../fixtures/delivery.ts';

const message = { body: '{}' };

describe('delivery', () => {
  it('makes the first attempt synchronously', () => {
    const target = testDestination('arn:target');
    void deliver(target, message, retryPolicy(), testClock());
    expect(target.messages).toEqual([message]);
  });

  it('retries with growing waits until it succeeds', async () => {
    const clock = testClock();
    const target = testDestination('arn:target', (failures) =>
      failures < 3 ? new Error('full') : undefined,
    );
    expect(await deliver(target, message, retryPolicy(), clock)).toBeUndefined();
    expect([target.messages, clock.slept]).toEqual([[message], [1000, 2000, 4000]]);
  });

  it('ends when the retries are exhausted', async () => {
    const target = testDestination('arn:target', () => new Error('full'));
    const failure = await deliver(target, message, { attempts: 2, ageMs: 86_400_000 }, testClock());
    expect(failure && deadLetterAttributes(failure)).toEqual({
      ERROR_CODE: 'SDK_CLIENT_ERROR',
      ERROR_MESSAGE: 'full',
      RETRY_ATTEMPTS: '2',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
  });

  it('ends when the event is too old', async () => {
    const clock = testClock();
    const target = testDestination('arn:target', () => new Error('full'));
    const failure = await deliver(target, message, { attempts: 185, ageMs: 60_000 }, clock);
    expect(failure).toMatchObject({ condition: 'MaximumEventAgeInSeconds', retries: 5 });
    expect(clock.slept.reduce((sum, pause) => sum + pause)).toBeLessThanOrEqual(60_000);
  });

  it('does not retry a rejected message', async () => {
    const clock = testClock();
    const target = testDestination('arn:target', () => new MessageRejected('TooLong', 'too long'));
    const failure = await deliver(target, message, retryPolicy(), clock);
    expect([failure, clock.slept]).toEqual([
      { code: 'TooLong', message: 'too long', retries: 0, condition: undefined },
      [],
    ]);
  });
});
