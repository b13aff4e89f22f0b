import { useSearchParams } from 'wouter';
import type { QuarantineView } from '../api/list-queries.ts';

export const STATES = [
  { id: 'waiting', text: 'Waiting' },
  { id: 'replayed', text: 'Replayed' },
  { id: 'dismissed', text: 'Dismissed' },
] as const satisfies readonly { id: QuarantineView['state']; text: string }[];

interface ShownQuarantine {
  readonly view: QuarantineView;
  readonly cursor: string | undefined;
  readonly showState: (state: string) => void;
  readonly sort: (descending: boolean) => void;
  /** Null for the first page. */
  readonly turnTo: (cursor: string | null) => void;
}

/** What the list of the quarantine shows. It is in the URL, beside the time range of the page. */
export function useQuarantineView(): ShownQuarantine {
  const [parameters, setParameters] = useSearchParams();
  const state = STATES.find(({ id }) => id === parameters.get('state'))?.id ?? 'waiting';
  const order = parameters.get('order') === 'asc' ? 'asc' : 'desc';
  const set = (name: string, value: string | null) =>
    setParameters((now) => {
      // Another list starts at its first page.
      now.delete('quarantine');
      if (value === null) now.delete(name);
      else now.set(name, value);
      return now;
    });
  return {
    view: { state, order },
    cursor: parameters.get('quarantine') ?? undefined,
    showState: (chosen) => set('state', chosen === 'waiting' ? null : chosen),
    sort: (descending) => set('order', descending ? null : 'asc'),
    turnTo: (cursor) => set('quarantine', cursor),
  };
}
