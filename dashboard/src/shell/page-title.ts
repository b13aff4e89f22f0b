import { useEffect } from 'react';

/** The element of the shell that pages stand in; the skip link leads to it. */
export const CONTENT_ID = 'content';

let path = location.pathname;
let wentBack = false;
addEventListener('popstate', () => {
  wentBack = location.pathname !== path;
});

/**
 * What the tab and the reader's history say. Where the reader has come from another page, the focus goes to what is
 * new: to the heading, or to the content while there is none. It is read from its beginning, except on the way back,
 * where the browser knows how far it had been read.
 */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Redraws`;
  }, [title]);
  useEffect(() => {
    if (location.pathname === path) return;
    path = location.pathname;
    if (!wentBack) scrollTo({ top: 0 });
    wentBack = false;
    focusContent();
  }, []);
}

export function focusContent(): void {
  const content = document.getElementById(CONTENT_ID);
  const target = content?.querySelector<HTMLElement>('h1') ?? content;
  if (!target) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
