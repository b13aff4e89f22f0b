/** The rows of the worklist as it was last shown in this window, by transaction ID, in their order. */
let shown: readonly string[] = [];

export function rememberRows(ids: readonly string[]): void {
  shown = ids;
}

interface Neighbours {
  /** From 1. */
  readonly place: number;
  readonly of: number;
  readonly previous: string | null;
  readonly next: string | null;
}

/** The rows before and after one; null if it was not on the list. */
export function neighboursOf(id: string): Neighbours | null {
  const at = shown.indexOf(id);
  if (at === -1) return null;
  const { length } = shown;
  return { place: at + 1, of: length, previous: shown[at - 1] ?? null, next: shown[at + 1] ?? null };
}
