/** More different characters are no slip of the keyboard. */
const MAX_DISTANCE = 3;

/** The name that differs least from what was written; undefined if all differ much. */
export function mostSimilar(written: string, names: readonly string[]): string | undefined {
  const lowerCase = written.toLowerCase();
  const [closest] = names
    .map((name) => ({ name, distance: distance(lowerCase, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  return closest && closest.distance <= MAX_DISTANCE ? closest.name : undefined;
}

/** How many characters have to be added, removed or replaced to make one text of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, character] of [...one].entries()) {
    const next = [at + 1];
    for (const [column, compared] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (character === compared ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
