import { mapConcurrent } from './map-concurrent.ts';

/** How many lanes are processed at the same time. */
const LANES_AT_ONCE = 8;

/**
 * Divides a list into lanes. What shares a key, directly or through others, is in one lane, in the order of the list. So lanes
 * can be processed at the same time, each from its first entry to its last. Lanes are in the order of their first entries.
 */
export function lanesOf<One>(all: readonly One[], keysOf: (one: One) => Iterable<string>): One[][] {
  const newestWith = new Map<string, number>();
  // Each entry refers to an earlier one of its lane; the first one of a lane to itself.
  const joined = all.map((_, index) => index);
  const firstOf = (index: number): number => {
    const earlier = joined[index] ?? index;
    return earlier === index ? index : firstOf(earlier);
  };
  for (const [index, one] of all.entries()) {
    for (const key of keysOf(one)) {
      const [own, other] = [firstOf(index), firstOf(newestWith.get(key) ?? index)];
      joined[Math.max(own, other)] = Math.min(own, other);
      newestWith.set(key, index);
    }
  }
  const lanes = Map.groupBy(all.entries(), ([index]) => firstOf(index));
  return [...lanes.values()].map((lane) => lane.map(([, one]) => one));
}

/**
 * Processes a list in lanes. As in a loop over the list, everything before the first failure is processed. Nothing after it
 * begins once it is known; what had begun by then is processed too.
 *
 * @param process must not throw. @returns whether the entry was processed; false is a failure
 * @returns how many entries, from the first, were processed without a failure in between
 */
export async function processInLanes<One>(
  all: readonly One[],
  keysOf: (one: One) => Iterable<string>,
  process: (one: One) => Promise<boolean>,
): Promise<number> {
  let firstFailure = all.length;
  const lanes = lanesOf([...all.entries()], ([, one]) => keysOf(one));
  await mapConcurrent(
    lanes,
    async (lane) => {
      for (const [index, one] of lane) {
        if (index > firstFailure) return;
        if (await process(one)) continue;
        firstFailure = Math.min(firstFailure, index);
        return;
      }
    },
    LANES_AT_ONCE,
  );
  return firstFailure;
}
