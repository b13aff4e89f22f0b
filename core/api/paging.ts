import type { ListOrder } from '../domain/list-order.ts';
import { Problem } from '../http/problem.ts';
import type { Paging } from '../http/request-fields.ts';
import type { PageRequest } from '../store/transactions/index-pages.ts';
import type { Cursors } from './cursors.ts';

/** A list that is read page by page. */
export interface PagedList {
  /** With its filter: a cursor is valid for one name. */
  readonly name: string;
  /** The order if the request names none. */
  readonly usual: ListOrder;
}

interface RequestedPage {
  readonly request: PageRequest;
  /** The cursor of the page after a place; null at the end of the list. */
  readonly cursorAfter: (place: string | null) => Promise<string | null>;
}

/**
 * The requested page of a list. A cursor belongs to the order too: read in the other one, the list would seem to end.
 *
 * @throws Problem 400 if the cursor is not from this list in this order
 */
export async function requestedPage(
  cursors: Pick<Cursors, 'open' | 'seal'>,
  { name, usual }: PagedList,
  { limit = '25', cursor, order = usual }: Paging,
): Promise<RequestedPage> {
  const list = order === usual ? name : `${name} ${order}`;
  const after = cursor === undefined ? null : await cursors.open(list, cursor);
  if (cursor !== undefined && after === null) {
    throw new Problem(400, 'The parameter cursor is not a cursor of this list in this order.');
  }
  return {
    request: { limit: Number(limit), after, order },
    cursorAfter: async (place) => (place === null ? null : cursors.seal(list, place)),
  };
}
