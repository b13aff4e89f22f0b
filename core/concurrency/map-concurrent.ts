/** How many are looked at side by side. */
const CONCURRENCY = 4;

/** Does the same with each, a few at a time. Throws what the first that failed threw. */
export async function sideBySide<One>(all: readonly One[], look: (one: One) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const worker = async () => {
    for (const one of waiting) await look(one);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
