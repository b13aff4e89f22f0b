import { Problem } from '../http/problem.ts';
import type { Paging } from '../http/request-fields.ts';
import type { PageRequest } from '../store/transactions/index-pages.ts';
import type { Cursors } from './cursors.ts';

/** The requested page of the list of this name. Throws a Problem 400 if the cursor is not from this list. */
export async function pageRequest(
  cursors: Cursors,
  name: string,
  { limit = '25', cursor, order }: Paging,
): Promise<PageRequest> {
  const after = cursor === undefined ? null : await cursors.open(name, cursor);
  if (cursor !== undefined && after === null) {
    throw new Problem(400, 'The parameter cursor is not a cursor of this list.');
  }
  return { limit: Number(limit), after, order };
}

/** The cursor of the page after a place; null at the end of the list. */
export async function nextCursor(
  cursors: Cursors,
  name: string,
  place: string | null,
): Promise<string | null> {
  return place === null ? null : cursors.seal(name, place);
}
