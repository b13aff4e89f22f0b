import { useSearchParams } from 'wouter';
import { readView, WHOLE, type WorklistView, writeView } from './view.ts';

export interface ViewInAddress {
  readonly view: WorklistView;
  /** Adds a history entry. Any change except of the page goes back to the first page. */
  readonly choose: (changes: Partial<WorklistView>) => void;
  /** Replaces the history entry, so that Back doesn't step through typed letters. */
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
