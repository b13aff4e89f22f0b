import { useEffect } from 'react';

/** What the tab and the reader's history say. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Redraws`;
  }, [title]);
}
