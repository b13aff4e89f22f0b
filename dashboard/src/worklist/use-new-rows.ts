import { useEffect, useMemo, useState } from 'react';
import * as z from 'zod/mini';
import { usePerson } from '../session/session-context.tsx';
import { useNow } from '../time/use-now.ts';
import { isNew, type Looks, looking } from './new-rows.ts';

const looks = z.object({
  before: z.array(z.string()),
  seen: z.array(z.string()),
  at: z.number(),
});

/**
 * The ids of the redraws that are new since the signed-in user last looked, whatever the view. Undefined `open`: the list is not complete, so
 * nothing is known.
 */
export function useNewRows(open: readonly { readonly id: string }[] | undefined): ReadonlySet<string> {
  const { subject } = usePerson();
  const place = `worklist-looks:${subject}`;
  const now = useNow();
  const [known, setKnown] = useState<Looks | null>(null);
  const rows = useMemo(() => open?.map(({ id }) => id), [open]);
  useEffect(() => {
    if (!rows || document.visibilityState !== 'visible') return;
    const next = looking(read(place), rows, now);
    localStorage.setItem(place, JSON.stringify(next));
    setKnown(next);
  }, [rows, place, now]);
  return useMemo(() => new Set(known ? rows?.filter((id) => isNew(known, id)) : []), [known, rows]);
}

function read(place: string): Looks | null {
  try {
    return looks.parse(JSON.parse(localStorage.getItem(place) ?? 'null'));
  } catch {
    return null;
  }
}
