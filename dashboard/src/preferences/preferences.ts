import * as z from 'zod/mini';

const column = z.object({ id: z.string(), visible: z.boolean() });
const table = z.object({
  /** Rows per page. */
  pageSize: z.optional(z.number()),
  /** The columns in the order of the person. Those that it does not name are new and visible. */
  columns: z.optional(z.array(column)),
});
const preferences = z.object({
  density: z.optional(z.enum(['comfortable', 'compact'])),
  /** False: keyboard shortcuts are disabled. */
  shortcuts: z.optional(z.boolean()),
  tables: z.catch(z.record(z.string(), table), {}),
});

/** A person's display preferences. They contain no patient data. */
export type Preferences = z.output<typeof preferences>;
export type TablePreferences = z.output<typeof table>;

const NONE: Preferences = { tables: {} };
export const PAGE_SIZES = [20, 50, 100] as const;
export const DEFAULT_PAGE_SIZE = 50;

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

/** The columns that a person wants to see, in their order. */
export function shownColumns<Column extends { readonly id: string }>(
  columns: readonly Column[],
  chosen: TablePreferences['columns'],
): Column[] {
  return displayOf(columns, chosen).flatMap(({ id, visible }) => {
    const found = visible ? columns.find((one) => one.id === id) : undefined;
    return found ? [found] : [];
  });
}

/** Each column, and whether it is visible. A column that is new to the person gets its default position. */
export function displayOf(
  columns: readonly { readonly id: string }[],
  chosen: TablePreferences['columns'] = [],
): z.output<typeof column>[] {
  const known = chosen.filter(({ id }) => columns.some((one) => one.id === id));
  for (const [at, { id }] of columns.entries()) {
    if (!known.some((one) => one.id === id)) known.splice(at, 0, { id, visible: true });
  }
  return known;
}
