/** How many run at the same time. */
const CONCURRENCY = 4;

/** Does the same with each, a few at a time. Throws what the first that failed threw. */
export async function mapConcurrent<One>(
  all: readonly One[],
  run: (one: One) => Promise<void>,
): Promise<void> {
  const waiting = all.values();
  const worker = async () => {
    for (const one of waiting) await run(one);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
