import { type RefObject, useEffect, useState } from 'react';

interface Marked {
  readonly marked?: string;
}

/**
 * The row that was used last, on which the keys act. It stays marked when the focus is elsewhere, and on the way back from a page.
 *
 * @param ids of the rows on the screen
 */
export function useMark(ids: readonly string[], list: RefObject<HTMLElement | null>) {
  const [id, setId] = useState<string | null>(() => (history.state as Marked | null)?.marked ?? null);
  const isThere = id !== null && ids.includes(id);
  const set = (next: string) => {
    setId(next);
    // Kept with the entry in the history.
    history.replaceState({ ...history.state, marked: next }, '');
  };
  useEffect(() => {
    const element = list.current;
    const follow = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest('tr')?.querySelector('[data-row]') : null;
      const marked = row?.getAttribute('data-row') ?? null;
      if (marked !== null) set(marked);
    };
    element?.addEventListener('focusin', follow);
    return () => element?.removeEventListener('focusin', follow);
  });
  // On the way back, the row is where it was.
  const [wasThere] = useState(id);
  useEffect(() => {
    if (isThere && id === wasThere) rowOf(list.current, id)?.scrollIntoView({ block: 'nearest' });
  }, [isThere, id, wasThere, list]);
  return { id, set };
}

function rowOf(list: HTMLElement | null, id: string): Element | null {
  const mark = [...(list?.querySelectorAll('[data-row]') ?? [])].find(
    (element) => element.getAttribute('data-row') === id,
  );
  return mark?.closest('tr') ?? null;
}
