import { useSearchParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';

/** Kept beside an address in the reader's history: which page it is. An address that was sent does not say. */
interface Depth {
  readonly page?: number;
}

/** Where the reader is in a list that comes in pages: the cursor stands in the address. */
export interface ListCursor {
  readonly cursor: string | undefined;
  /** 1 for the first; null where nobody knows, as after following a link to the middle of a list. */
  readonly page: number | null;
  readonly next: (cursor: string) => void;
  readonly first: () => void;
  /** To the page before, where it was come from; else undefined: a cursor only leads on. */
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
