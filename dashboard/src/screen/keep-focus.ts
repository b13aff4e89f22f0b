import { focusContent } from './page-title.ts';

/** A dialog has closed and returned the focus after this time (ms). */
const CLOSED_AFTER_MS = 100;

/** Moves the focus to the element, or to the heading of the page, if the focused element is about to leave the page. */
export function keepFocusIn(element: HTMLElement | null): void {
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    if (element?.isConnected) element.focus({ preventScroll: true });
    else focusContent();
  }, CLOSED_AFTER_MS);
}
