/** How many calls run at the same time by default. */
const CONCURRENCY = 4;

/** Calls `run` for each item, a few at a time. Throws the first error. */
export async function mapConcurrent<One>(
  all: readonly One[],
  run: (one: One) => Promise<void>,
  concurrency = CONCURRENCY,
): Promise<void> {
  const waiting = all.values();
  const worker = async () => {
    for (const one of waiting) await run(one);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
