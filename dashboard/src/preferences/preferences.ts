import * as z from 'zod/mini';

const preferences = z.object({
  /** False: keyboard shortcuts are disabled. */
  shortcuts: z.optional(z.boolean()),
  /** Whether the worklist shows its chart. */
  chart: z.optional(z.boolean()),
});

/** What a person prefers, in this browser. */
export type Preferences = z.output<typeof preferences>;

const NONE: Preferences = {};

interface Owner {
  readonly subject: string;
}

const placeOf = ({ subject }: Owner) => `preferences:${subject}`;
const listeners = new Set<() => void>();
let last: { readonly text: string | null; readonly read: Preferences } = { text: null, read: NONE };

/** The preferences of a person. What is not understood counts as absent. */
export function preferencesOf(owner: Owner): Preferences {
  const text = localStorage.getItem(placeOf(owner));
  // The same object for the same text: React compares it.
  if (text !== last.text) last = { text, read: parsed(text) };
  return last.read;
}

export function changePreferences(owner: Owner, changes: Partial<Preferences>): void {
  localStorage.setItem(placeOf(owner), JSON.stringify({ ...preferencesOf(owner), ...changes }));
  for (const listener of listeners) listener();
}

export function subscribeToPreferences(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same person.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

function parsed(text: string | null): Preferences {
  try {
    return preferences.parse(JSON.parse(text ?? '{}'));
  } catch {
    return NONE;
  }
}
