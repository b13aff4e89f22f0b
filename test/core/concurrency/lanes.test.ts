import { describe, expect, test } from 'vitest';
import { lanesOf, processInLanes } from '../../../core/concurrency/lanes.ts';

/** Entries like `a1`: each letter is a key. */
const keysOf = (one: string) => one.match(/[a-z]/g) ?? [];
const lanes = (list: string) => lanesOf(list.split(' '), keysOf).map((lane) => lane.join(' '));

describe('lanes', () => {
  test.each([
    ['a1 b2 a3 c4 b5', ['a1 a3', 'b2 b5', 'c4']],
    // The last one belongs to both, and their lanes are one.
    ['a1 b2 c3 b4 ac5', ['a1 c3 ac5', 'b2 b4']],
    ['a1 b2 c3 ab4 bc5 d6', ['a1 b2 c3 ab4 bc5', 'd6']],
    ['ab1 cd2 ef3 fa4 bc5', ['ab1 cd2 ef3 fa4 bc5']],
    ['1 2 1', ['1', '2', '1']],
  ])('of %s', (list, expected) => {
    expect(lanes(list)).toEqual(expected);
  });
});

/** Processes `list` step by step: each entry ends when it is told to. */
function processing(list: string, failing = '') {
  const running = new Map<string, () => void>();
  const begun: string[] = [];
  const done = processInLanes(list.split(' '), keysOf, async (one) => {
    begun.push(one);
    await new Promise<void>((end) => running.set(one, end));
    running.delete(one);
    return !failing.split(' ').includes(one);
  });
  const end = async (one: string) => {
    running.get(one)?.();
    await new Promise(setImmediate);
  };
  const endAll = async () => {
    while (running.size > 0) for (const one of [...running.keys()]) await end(one);
    return done;
  };
  return { begun, running, end, endAll };
}

describe('processing in lanes', () => {
  test('begins different lanes at once, up to eight, and each lane in order', async () => {
    const { begun, running, end, endAll } = processing('a1 a2 b3 c4 d5 e6 f7 g8 h9 i10');
    expect([...running.keys()]).toEqual(['a1', 'b3', 'c4', 'd5', 'e6', 'f7', 'g8', 'h9']);
    await end('a1');
    expect([...running.keys()]).toContain('a2');
    expect(begun).not.toContain('i10');
    await end('b3');
    expect(begun).toContain('i10');
    expect(await endAll()).toBe(10);
  });

  test('after a failure, processes what comes before it and begins nothing after it', async () => {
    const { begun, end, endAll } = processing('a1 b2 a3 b4 a5', 'b2');
    await end('b2');
    expect(await endAll()).toBe(1);
    expect(begun).toEqual(['a1', 'b2']);
    const later = processing('a1 b2 a3 b4 a5', 'b4');
    await later.end('b2');
    await later.end('b4');
    expect(await later.endAll()).toBe(3);
    expect(later.begun).toEqual(['a1', 'b2', 'b4', 'a3']);
  });

  test('names the first failure of the list, whichever fails first', async () => {
    const { end, endAll } = processing('a1 b2 c3', 'a1 c3');
    await end('c3');
    expect(await endAll()).toBe(0);
  });
});
