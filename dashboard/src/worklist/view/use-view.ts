import { useSearchParams } from 'wouter';
import { readView, WHOLE, type WorklistView, writeView } from './view.ts';

export interface ViewInAddress {
  readonly view: WorklistView;
  /** Chooses: the back button undoes it. Another choice than of the page begins at the first page. */
  readonly choose: (changes: Partial<WorklistView>) => void;
  /** The same while typing, of which the back button undoes all at once. */
  readonly type: (text: string) => void;
  readonly clear: () => void;
}

export function useView(): ViewInAddress {
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const set = (changes: Partial<WorklistView>, replace: boolean) =>
    setParams((now) => writeView({ ...readView(now), page: WHOLE.page, ...changes }), { replace });
  return {
    view,
    choose: (changes) => set(changes, false),
    type: (text) => set({ text }, true),
    clear: () => set({ ...WHOLE, sort: view.sort, descending: view.descending }, false),
  };
}
