import { useEffect } from 'react';

/** The element that holds the page; the skip link targets it. */
export const CONTENT_ID = 'content';

let path = location.pathname;
let wentBack = false;
addEventListener('popstate', () => {
  wentBack = location.pathname !== path;
});

/**
 * Sets the title of the tab and of the history entry. After a navigation it moves the focus to the new heading, or to
 * the content while there is none, and scrolls to the top, except on the way back: there the browser restores the
 * position.
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
