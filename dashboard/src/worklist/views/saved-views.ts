import { useState } from 'react';
import { usePerson } from '../../session/session-context.tsx';

/** A view that a person has saved under a name, as the query of its address. */
export interface SavedView {
  readonly name: string;
  readonly query: string;
}

const MAX_VIEWS = 20;
const placeOf = (subject: string) => `views:${subject}`;

/** The saved views of the signed-in user in this browser, and how to change them. The address of a view is enough for others. */
export function useSavedViews() {
  const { subject } = usePerson();
  const [views, setViews] = useState<readonly SavedView[]>(() =>
    readViews(localStorage.getItem(placeOf(subject))),
  );
  const keep = (next: readonly SavedView[]) => {
    setViews(next);
    try {
      localStorage.setItem(placeOf(subject), JSON.stringify(next));
    } catch {
      // The browser keeps nothing. The views last until the page is closed.
    }
  };
  return {
    views,
    save: (view: SavedView) => keep(withView(views, view)),
    remove: (name: string) => keep(views.filter((one) => one.name !== name)),
  };
}

/** The newest first. A view of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [view, ...views.filter(({ name }) => name !== view.name)].slice(0, MAX_VIEWS);
}

/** The views in a stored text; none if it is damaged. */
export function readViews(text: string | null): SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView).map(({ name, query }) => ({ name, query })) : [];
  } catch {
    return [];
  }
}

function isView(one: unknown): one is SavedView {
  const { name, query } = (one ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && name !== '' && typeof query === 'string';
}
