/** When a visible page reads its data again. */
import { QueryClient, QueryObserver, type QueryObserverOptions } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Poller, READ_EVERY, SHOWS_EVERYTHING, type Tokens } from '../../../dashboard/src/api/polling.ts';

const ASK_EVERY = 15_000;

let client: QueryClient;
/** The current tokens; null if the API does not answer. */
let tokens: Tokens | null;
let asked: number;
let reads: string[];
let isVisible: boolean;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  tokens = { worklist: 'w1', everything: 'e1' };
  [asked, reads, isVisible] = [0, [], true];
  const json = async () => {
    asked += 1;
    if (!tokens) throw new Error('no answer');
    return tokens;
  };
  stop = new Poller(client, { json: json as never }).start(() => isVisible);
});
afterEach(() => {
  stop();
  client.clear();
  vi.useRealTimers();
});

/** Shows a query until the test ends. */
function show(key: string, options: Partial<QueryObserverOptions> = {}): QueryObserver {
  const read = async () => {
    reads.push(key);
    return `${key} ${reads.length}`;
  };
  const observer = new QueryObserver(client, { queryKey: [key], queryFn: read, ...options });
  observer.subscribe(() => undefined);
  return observer;
}

/** What is read in the next round. */
async function nextRound(): Promise<readonly string[]> {
  reads = [];
  await vi.advanceTimersByTimeAsync(ASK_EVERY);
  return reads;
}

/** Shows the queries, and lets the page read them again with tokens at hand. */
async function shown(...keys: string[]): Promise<void> {
  for (const key of keys) show(key);
  expect(await nextRound()).toEqual(keys);
}

describe('a visible page', () => {
  test('reads nothing again while nothing changes, and says that its data is current', async () => {
    await shown('redraws', 'transactions');
    const readAt = client.getQueryState(['redraws'])?.dataUpdatedAt ?? 0;
    expect([await nextRound(), await nextRound()]).toEqual([[], []]);
    expect(client.getQueryState(['redraws'])?.dataUpdatedAt).toBe(readAt + 2 * ASK_EVERY);
    expect(client.getQueryData(['redraws'])).toMatch(/^redraws/);
  });

  test('reads the part that has changed, once', async () => {
    await shown('redraws', 'transactions');
    tokens = { worklist: 'w1', everything: 'e2' };
    expect([await nextRound(), await nextRound()]).toEqual([['transactions'], []]);
    tokens = { worklist: 'w2', everything: 'e3' };
    expect([await nextRound(), await nextRound()]).toEqual([['redraws', 'transactions'], []]);
  });

  test('reads everything again every five minutes, because time passes', async () => {
    await shown('redraws');
    const rounds: (readonly string[])[] = [];
    for (let time = ASK_EVERY; time <= READ_EVERY; time += ASK_EVERY) rounds.push(await nextRound());
    expect(rounds.at(-1)).toEqual(['redraws']);
    expect(rounds.slice(0, -1).flat()).toEqual([]);
  });

  test('reads everything if it cannot learn what has changed', async () => {
    await shown('redraws', 'transactions');
    tokens = null;
    expect(await nextRound()).toEqual(['redraws', 'transactions']);
    tokens = { worklist: 'w1', everything: 'e1' };
    expect([await nextRound(), await nextRound()]).toEqual([['redraws', 'transactions'], []]);
  });

  test('asks nothing while it is hidden, or while it shows nothing', async () => {
    await nextRound();
    expect(asked).toBe(0);
    await shown('redraws');
    expect(asked).toBe(1);
    isVisible = false;
    tokens = { worklist: 'w2', everything: 'e2' };
    expect(await nextRound()).toEqual([]);
    expect(asked).toBe(1);
  });
});

describe('a query', () => {
  test('that was read for another reason since the last answer is not read again', async () => {
    await shown('redraws');
    show('transaction');
    await vi.advanceTimersByTimeAsync(1);
    expect(await nextRound()).toEqual([]);
  });

  test('that began before a change, and ended after the answer about it, is read again', async () => {
    await shown('transactions');
    let finish: (data: string) => void = () => undefined;
    let isRepeated = false;
    show('transaction', {
      queryFn: () => {
        if (isRepeated) reads.push('transaction');
        isRepeated = true;
        return new Promise<string>((resolve) => {
          finish = resolve;
        });
      },
    });
    tokens = { worklist: 'w1', everything: 'e2' };
    await nextRound();
    finish('old');
    expect(await nextRound()).toContain('transaction');
  });

  test('that has failed, or that a change of the user has made invalid, is read again', async () => {
    await shown('redraws', 'transactions');
    let isBroken = true;
    show('orders', {
      queryFn: async () => {
        reads.push('orders');
        if (isBroken) throw new Error('no');
        return 'data';
      },
    });
    expect(await nextRound()).toEqual(['orders']);
    isBroken = false;
    expect([await nextRound(), await nextRound()]).toEqual([['orders'], []]);
    await client.invalidateQueries({ queryKey: ['redraws'], refetchType: 'none' });
    expect(await nextRound()).toEqual(['redraws']);
  });

  test('does not count as read because an answer was put into the cache', async () => {
    await shown('redraws');
    tokens = { worklist: 'w2', everything: 'e2' };
    client.setQueryData(['redraws'], 'changed here');
    expect(await nextRound()).toEqual(['redraws']);
  });

  test('with an interval of its own, or with none, is left alone', async () => {
    show('people', { refetchInterval: false });
    show('alarms', { refetchInterval: 60_000 });
    // TanStack Query keeps intervals in browsers only, so nothing is read here.
    expect(await nextRound()).toEqual([]);
    expect(asked).toBe(0);
  });

  test('of a worklist is read with everything where more of its answer is shown', async () => {
    await shown('summary');
    tokens = { worklist: 'w1', everything: 'e2' };
    expect(await nextRound()).toEqual([]);
    show('summary', { meta: SHOWS_EVERYTHING, staleTime: Number.POSITIVE_INFINITY });
    expect(await nextRound()).toEqual(['summary']);
  });
});
