import { type Instant, parseInstant } from '../domain/instant.ts';
import { type FieldsRead, textAs } from '../reading/readers.ts';
import { readWatchingMark } from '../store/poll-marks/watching-mark.ts';
import type { Table } from '../store/table.ts';

/** Who stores since when the service watches: the first sweep with an API key, or only an import. */
const STORED_BY = ['first-sweep', 'import'];
const isStored = (given: string) => STORED_BY.includes(given);

/** What a function needs that tells news from history. */
export const watchingVariables = {
  /** Since when the service watches, or who stores it. */
  WATCHING_SINCE: textAs((given) => (isStored(given) ? given : parseInstant(given)), 'not a date-time'),
};

type Watching = FieldsRead<typeof watchingVariables>;

/** Since when the service watches, by its setting; null if that is stored. */
export function configuredSince({ WATCHING_SINCE: since }: Watching): Instant | null {
  return isStored(since) ? null : since;
}

/**
 * Since when the service watches; null if nothing has stored it. It never changes once it is stored, so each instance of a
 * function reads it once. Until then it is read again for each call, because an import can store it at any time.
 */
export function watchingSinceOf(env: Watching, table: Table): () => Promise<Instant | null> {
  let known = configuredSince(env);
  return async () => {
    known ??= (await readWatchingMark(table))?.since ?? null;
    return known;
  };
}
