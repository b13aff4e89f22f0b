/** Which redraws are new since a person last looked at the worklist. */

/** A look is over after this time without the list (ms). */
const GAP_MS = 30 * 60_000;
/** The last characters of an ID tell rows apart. */
const MARK_LENGTH = 8;

export interface Looks {
  /** The rows that were there before this look; null at the first one. */
  readonly before: readonly string[] | null;
  /** The rows of this look so far. */
  readonly seen: readonly string[];
  /** When the list was last seen (ms since 1970). */
  readonly at: number;
}

/** The looks with these rows seen now. After a gap it is a new look. */
export function looking(known: Looks | null, ids: readonly string[], now: number): Looks {
  const seen = ids.map(markOf);
  if (!known) return { before: null, seen, at: now };
  if (now - known.at > GAP_MS) return { before: known.seen, seen, at: now };
  return { before: known.before, seen: [...new Set([...known.seen, ...seen])], at: now };
}

/** Whether a row was not there before this look. Nothing is new at the first look. */
export function isNew({ before }: Looks, id: string): boolean {
  return before !== null && !before.includes(markOf(id));
}

function markOf(id: string): string {
  return id.slice(-MARK_LENGTH);
}
