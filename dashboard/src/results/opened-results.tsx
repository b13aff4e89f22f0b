import { Suspense, useEffect, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { lazyPage } from '../screen/lazy-page.ts';
import type { ResultSource } from './result-source.ts';

const ResultsDialog = lazyPage(() => import('./results-dialog.tsx'));

interface Opened {
  readonly sources: readonly ResultSource[];
  /** Opens the next results of a list. */
  readonly next?: (() => void) | undefined;
}

let opened: Opened | null = null;
const listeners = new Set<() => void>();

/** Opens the dialog with these results of one transaction. */
export function openResults(sources: readonly ResultSource[], next?: () => void): void {
  show({ sources, next });
}

function show(what: Opened | null): void {
  opened = what;
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
  const now = useSyncExternalStore(subscribe, () => opened);
  const [path] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes with every change of the page.
  useEffect(() => () => show(null), [path]);
  if (now === null) return null;
  const { sources, next } = now;
  return (
    <Suspense>
      <ResultsDialog
        key={sources.map(({ path: of }) => of).join()}
        sources={sources}
        next={next}
        onClose={() => show(null)}
      />
    </Suspense>
  );
}
