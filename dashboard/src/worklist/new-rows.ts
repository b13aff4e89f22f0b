/** Which redraws are new since a person last looked at the worklist. */

/** A visit ends after this time away from the list (ms). */
const GAP_MS = 30 * 60_000;
/** The last characters of an ID tell rows apart. */
const MARK_LENGTH = 8;

export interface Looks {
  /** The rows that were there before this look; at the first look, those that it began with. */
  readonly before: readonly string[];
  /** The rows of this look so far. */
  readonly seen: readonly string[];
  /** When the list was last seen (ms since 1970). */
  readonly at: number;
}

/** Records the rows as seen now. After a gap, a new visit begins. */
export function looking(known: Looks | null, ids: readonly string[], now: number): Looks {
  const seen = ids.map(markOf);
  if (!known) return { before: seen, seen, at: now };
  if (now - known.at > GAP_MS) return { before: known.seen, seen, at: now };
  return { before: known.before, seen: [...new Set([...known.seen, ...seen])], at: now };
}

/** Whether a row appeared since the previous visit; on the first visit, since it began. */
export function isNew({ before }: Looks, id: string): boolean {
  return !before.includes(markOf(id));
}

function markOf(id: string): string {
  return id.slice(-MARK_LENGTH);
}
