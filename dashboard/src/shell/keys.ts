/** The single keys of the page, by what they do. */
export const KEYS = {
  next: { key: 'j', text: 'Next row' },
  previous: { key: 'k', text: 'Previous row' },
  open: { key: 'o', text: 'Open the row' },
  acknowledge: { key: 'a', text: 'Acknowledge the row, or the redraw on its page' },
  search: { key: '/', text: 'Search' },
  help: { key: '?', text: 'Show these keys' },
} as const;

export type Action = keyof typeof KEYS;

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
