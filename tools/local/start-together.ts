/** Waits for all even if one fails, so that the caller can stop every part that was started. */
export async function allOrFirstError<T extends readonly unknown[]>(
  failed: AbortController,
  promises: { [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  for (const promise of promises) promise.catch((error: unknown) => failed.abort(error));
  const results = await Promise.allSettled(promises);
  if (failed.signal.aborted) throw failed.signal.reason;
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined)) as unknown as T;
}
