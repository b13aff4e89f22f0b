import { useEffect } from 'react';

/** The single keys of the pages, by what they do. */
export const KEYS = {
  next: { key: 'j', text: 'Next row' },
  previous: { key: 'k', text: 'Previous row' },
  open: { key: 'o', text: 'Open the row' },
  select: { key: 'x', text: 'Select the row' },
  log: { key: 'e', text: 'Log a contact' },
  follow: { key: 'h', text: 'Plan a follow-up' },
  mine: { key: 'm', text: 'Take it' },
  assign: { key: 'a', text: 'Assign it' },
  review: { key: 'r', text: 'Results were reviewed: open the next' },
  search: { key: '/', text: 'Search' },
  help: { key: '?', text: 'Show these keys' },
} as const;

export type Action = keyof typeof KEYS;
type Handlers = Partial<Record<Action, () => void>>;

const all = new Set<Handlers>();

/** What the keys do on this page, beside what they do everywhere. */
export function usePageKeys(handlers: Handlers): void {
  useEffect(() => {
    all.add(handlers);
    return () => void all.delete(handlers);
  });
}

export function pageKey(action: Action): (() => void) | undefined {
  return [...all].findLast((handlers) => handlers[action])?.[action];
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
  readonly isComposing: boolean;
}

/** What a key does; null if nothing: keys with Ctrl, Alt or Cmd belong to the browser and to screen readers. */
export function actionOf(pressed: Pressed): Action | null {
  if (pressed.defaultPrevented || pressed.isComposing) return null;
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const actions = Object.keys(KEYS) as Action[];
  return actions.find((action) => KEYS[action].key === pressed.key) ?? null;
}
