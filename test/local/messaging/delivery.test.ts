import { describe, expect, it } from 'vitest';
import { deadLetterAttributes, deliver, retryPolicy } from '../../../local/messaging/delivery.ts';
import { Refused } from '../../../local/messaging/destinations.ts';
import { testClock, testDestination } from '../fixtures/ports.ts';

const message = { body: '{}' };

describe('delivery', () => {
  it('is made at once, before anybody waits', () => {
    const target = testDestination('arn:target');
    void deliver(target, message, retryPolicy(), testClock());
    expect(target.messages).toEqual([message]);
  });

  it('is tried again, ever more slowly, until it works', async () => {
    const clock = testClock();
    const target = testDestination('arn:target', (failures) =>
      failures < 3 ? new Error('full') : undefined,
    );
    expect(await deliver(target, message, retryPolicy(), clock)).toBeUndefined();
    expect([target.messages, clock.slept]).toEqual([[message], [1000, 2000, 4000]]);
  });

  it('ends when the retries are used up', async () => {
    const target = testDestination('arn:target', () => new Error('full'));
    const failure = await deliver(target, message, retryPolicy({ MaximumRetryAttempts: 2 }), testClock());
    expect(failure && deadLetterAttributes(failure)).toEqual({
      ERROR_CODE: 'SDK_CLIENT_ERROR',
      ERROR_MESSAGE: 'full',
      RETRY_ATTEMPTS: '2',
      EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
    });
  });

  it('ends when the event has become too old', async () => {
    const clock = testClock();
    const target = testDestination('arn:target', () => new Error('full'));
    const failure = await deliver(target, message, retryPolicy({ MaximumEventAgeInSeconds: 60 }), clock);
    expect(failure).toMatchObject({ condition: 'MaximumEventAgeInSeconds', retries: 5 });
    expect(clock.slept.reduce((sum, pause) => sum + pause)).toBeLessThanOrEqual(60_000);
  });

  it('is not tried again where it would be refused again', async () => {
    const clock = testClock();
    const target = testDestination('arn:target', () => new Refused('TooLong', 'too long'));
    const failure = await deliver(target, message, retryPolicy(), clock);
    expect([failure, clock.slept]).toEqual([
      { code: 'TooLong', message: 'too long', retries: 0, condition: undefined },
      [],
    ]);
  });
});
