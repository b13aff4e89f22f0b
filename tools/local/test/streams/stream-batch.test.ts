import { describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../runtime/function-instance.ts';
import { Throttled } from '../../runtime/functions.ts';
import type { EventSourceMapping } from '../../streams/event-source-mapping.ts';
import { recordAge } from '../../streams/record-age.ts';
import { type BatchContext, type DiscardedBatch, deliverBatch } from '../../streams/stream-batch.ts';
import type { LambdaRecord } from '../../streams/stream-records.ts';

const NOW = Date.parse('2026-05-01T12:00:00Z');

function record(number: number, ageSeconds = 0): LambdaRecord {
  return {
    dynamodb: { SequenceNumber: String(number), ApproximateCreationDateTime: NOW / 1000 - ageSeconds },
  } as LambdaRecord;
}

const records = [1, 2, 3, 4, 5].map((number) => record(number));

/** The length of each pause. */
const SLEEP_MS = 1_000;

/** What the function does with a batch, by the sequence numbers in it. */
type Behaviour = (
  numbers: string[],
) => 'ok' | 'throw' | 'throttle' | { failed: (string | null)[] } | { answer: string };

function run(
  behaviour: Behaviour,
  rules: Partial<EventSourceMapping> = {},
  batch = records,
  sleeps = Number.POSITIVE_INFINITY,
  scale = 1,
) {
  const mapping = {
    bisect: false,
    recordAgeMs: 2 * SLEEP_MS,
    reportsItemFailures: true,
    ...rules,
  } as EventSourceMapping;
  const invocations: string[] = [];
  const handled: string[] = [];
  const discarded: (Omit<DiscardedBatch, 'records'> & { records: string })[] = [];
  let slept = 0;
  const ports: BatchContext = {
    async invoke(invoked): Promise<InvocationResult> {
      const numbers = invoked.map(({ dynamodb }) => dynamodb.SequenceNumber);
      const result = behaviour(numbers);
      if (result === 'throttle') throw new Throttled('Rate exceeded');
      invocations.push(numbers.join(''));
      const requestId = 'request';
      if (result === 'throw')
        return { ok: false, requestId, failure: { errorType: 'E', errorMessage: '', trace: [] } };
      if (result === 'ok') return { ok: true, requestId, payload: 'null' };
      if ('answer' in result) return { ok: true, requestId, payload: result.answer };
      const batchItemFailures = result.failed.map((itemIdentifier) => ({ itemIdentifier }));
      return { ok: true, requestId, payload: JSON.stringify({ batchItemFailures }) };
    },
    async discard({ records: lost, invocations: times }) {
      discarded.push({
        invocations: times,
        records: lost.map(({ dynamodb }) => dynamodb.SequenceNumber).join(''),
      });
    },
    handled: (sequenceNumber) => handled.push(sequenceNumber),
    sleep: async () => {
      slept += 1;
      return slept <= sleeps;
    },
    age: recordAge(scale, () => NOW + slept * SLEEP_MS),
    attempted: () => {},
  };
  return deliverBatch(mapping, batch, ports).then((finished) => ({
    finished,
    invocations,
    handled,
    discarded,
    slept,
  }));
}

/** With a mapping that bisects, and failing records that age ten times as fast as those that wait. */
const runAgeing = (behaviour: Behaviour) =>
  run(behaviour, { bisect: true, recordAgeMs: 40 * SLEEP_MS }, records, undefined, 10);

/** Fails for every batch with the record; reports it, or throws. */
const broken =
  (number: string, how: 'report' | 'throw' = 'report'): Behaviour =>
  (numbers) => {
    if (!numbers.includes(number)) return 'ok';
    return how === 'throw' ? 'throw' : { failed: [number] };
  };

describe('delivery of a batch', () => {
  it('ends at once if everything succeeded', async () => {
    expect(await run(() => 'ok')).toEqual({
      finished: true,
      invocations: ['12345'],
      handled: ['5'],
      discarded: [],
      slept: 0,
    });
  });

  it('continues with the first reported record, which it retries', async () => {
    let times = 0;
    const once: Behaviour = (numbers) =>
      numbers.includes('3') && times++ === 0 ? { failed: ['5', '3'] } : 'ok';
    expect(await run(once)).toMatchObject({
      invocations: ['12345', '345'],
      handled: ['2', '5'],
      discarded: [],
    });
  });

  it('discards the rest when it is too old', async () => {
    const { invocations, handled, discarded } = await run(broken('3'));
    expect(invocations).toEqual(['12345', '345', '345']);
    expect(handled).toEqual(['2', '5']);
    expect(discarded).toEqual([{ records: '345', invocations: 3 }]);
  });

  it('narrows down to the broken record alone if the mapping bisects', async () => {
    const { invocations, handled, discarded } = await runAgeing(broken('3'));
    expect(invocations).toEqual(['12345', '345', '34', '3', '3', '4', '5']);
    expect(handled).toEqual(['2', '3', '4', '5']);
    expect(discarded).toMatchObject([{ records: '3' }]);
  });

  it('halves a batch whose function throws', async () => {
    const { invocations, handled, discarded } = await runAgeing(broken('4', 'throw'));
    expect(invocations).toEqual(['12345', '123', '45', '4', '4', '4', '5']);
    expect(handled).toEqual(['3', '4', '5']);
    expect(discarded).toMatchObject([{ records: '4' }]);
  });

  it('retries the whole batch after an exception if the mapping does not bisect', async () => {
    const { invocations, discarded } = await run(broken('4', 'throw'));
    expect(invocations).toEqual(['12345', '12345', '12345']);
    expect(discarded).toMatchObject([{ records: '12345', invocations: 3 }]);
  });

  it.each<[string, { failed: (string | null)[] } | { answer: string }]>([
    ['names an unknown record', { failed: ['99'] }],
    ['names no record', { failed: [null] }],
    ['has an invalid form', { answer: '{"batchItemFailures":"3"}' }],
    ['is a number', { answer: '7' }],
  ])('treats a response that %s as a failure of the whole batch', async (_, result) => {
    expect((await run(() => result, { recordAgeMs: 0 })).discarded).toMatchObject([{ records: '12345' }]);
  });

  it.each(['null', '{}', '{"batchItemFailures":[]}', '{"batchItemFailures":null}', '""'])(
    'treats the response %s as success',
    async (answer) => {
      expect(await run(() => ({ answer }))).toMatchObject({ invocations: ['12345'], handled: ['5'] });
    },
  );

  it('ignores the response if the mapping does not report item failures', async () => {
    expect(await run(() => ({ failed: ['1'] }), { reportsItemFailures: false })).toMatchObject({
      handled: ['5'],
    });
  });

  it('discards records that are too old without invoking the function', async () => {
    const batch = [record(1, 61), record(2, 61), record(3, 60), record(4)];
    const { invocations, handled, discarded } = await run(() => 'ok', { recordAgeMs: 60_000 }, batch);
    expect(invocations).toEqual(['34']);
    expect(handled).toEqual(['2', '4']);
    expect(discarded).toMatchObject([{ records: '12', invocations: 0 }]);
  });

  it('continues for as long as the age allows, after any number of failures', async () => {
    const rules = { bisect: true, recordAgeMs: 30_000 };
    const { invocations, handled, discarded } = await run(() => 'throw', rules, [record(1)]);
    expect(invocations).toHaveLength(31);
    expect(handled).toEqual(['1']);
    expect(discarded).toMatchObject([{ records: '1', invocations: 31 }]);
  });

  it('lets failing records age faster, but not those that wait behind them', async () => {
    const rules = { bisect: true, recordAgeMs: 12 * 3_600_000 };
    const { handled, discarded, slept } = await run(broken('3'), rules, records, undefined, 4_320);
    expect(discarded).toMatchObject([{ records: '3' }]);
    expect(handled).toEqual(['2', '3', '4', '5']);
    expect(slept).toBeLessThan(15);
  });

  it('waits while the function is throttled, without counting a failure', async () => {
    let times = 0;
    const busy: Behaviour = () => {
      times += 1;
      if (times <= 9) return 'throttle';
      return times === 10 ? 'throw' : 'ok';
    };
    const rules = { recordAgeMs: 20 * SLEEP_MS };
    const { handled, discarded, slept } = await run(busy, rules, records, undefined, 10);
    expect([handled, discarded, slept]).toEqual([['5'], [], 10]);
  });

  it('stops in between without confirming unprocessed records', async () => {
    expect(await run(broken('3'), {}, records, 0)).toMatchObject({
      finished: false,
      handled: ['2'],
      discarded: [],
    });
  });
});
