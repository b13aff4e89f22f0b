import { useSearchParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';

/** State of a history entry. A shared URL doesn't have it. */
interface Depth {
  readonly page?: number;
}

/** The position in a paged list. The cursor is in the URL. */
export interface ListCursor {
  readonly cursor: string | undefined;
  /** 1 for the first page; null if unknown, such as after following a link to a later page. */
  readonly page: number | null;
  readonly next: (cursor: string) => void;
  readonly first: () => void;
  /** Undefined if the user didn't come from the previous page: cursors only lead forward. */
  readonly previous: (() => void) | undefined;
}

export function useCursor(): ListCursor {
  const [params, setParams] = useSearchParams();
  const depth = useHistoryState<Depth | null>();
  const cursor = params.get('cursor') ?? undefined;
  const page = cursor === undefined ? 1 : (depth?.page ?? null);
  const go = (to: string | undefined, state: Depth | null) => {
    setParams((now) => withCursor(now, to), { state });
    scrollTo({ top: 0 });
  };
  return {
    cursor,
    page,
    next: (to) => go(to, page === null ? null : { page: page + 1 }),
    first: () => go(undefined, null),
    previous: page !== null && page > 1 ? () => history.back() : undefined,
  };
}

function withCursor(params: URLSearchParams, cursor: string | undefined): URLSearchParams {
  const changed = new URLSearchParams(params);
  if (cursor === undefined) changed.delete('cursor');
  else changed.set('cursor', cursor);
  return changed;
}
