import { useSyncExternalStore } from 'react';

/** Up to this width a table would have to be pushed to and fro: rows become cards. As Cloudscape's `xs`. */
const narrow = matchMedia('(max-width: 688px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Whether the page is read on a phone, or in a window as narrow as one. */
export function useNarrowScreen(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
