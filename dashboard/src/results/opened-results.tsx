import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { lazyPage } from '../screen/lazy-page.ts';
import type { ResultSource } from './result-source.ts';

const ResultsDialog = lazyPage(() => import('./results-dialog.tsx'));

let opened: ResultSource | null = null;
const listeners = new Set<() => void>();

/** Opens the dialog with these results; null closes it. */
export function openResults(source: ResultSource | null): void {
  opened = source;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The dialog with the opened results. It belongs to no row: an acknowledgement takes the row of a critical result off its list, and the
 * values stay on the screen. Another page closes it.
 */
export function OpenedResults() {
  const source = useSyncExternalStore(subscribe, () => opened);
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes with every change of the page.
  useEffect(() => () => openResults(null), [path]);
  if (source === null) return null;
  return (
    <Suspense>
      <ResultsDialog source={source} onClose={() => openResults(null)} />
    </Suspense>
  );
}
