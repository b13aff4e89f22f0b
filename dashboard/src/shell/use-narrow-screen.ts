import { useSyncExternalStore } from 'react';

/** Below this width tables become cards. Cloudscape's `xs` breakpoint. */
const narrow = matchMedia('(max-width: 688px)');

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** True on a phone or in a narrow window. */
export function useNarrowScreen(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}
