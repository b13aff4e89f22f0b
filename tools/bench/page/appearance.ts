import type { Page } from 'playwright-core';

/** An element by its selector, with a text somewhere in it; '' is in every element. */
export interface Wanted {
  readonly selector: string;
  readonly text: string;
}

/** The part of a browser's globals that is used here. */
interface Browsing {
  readonly document: { querySelectorAll(selector: string): Iterable<{ readonly textContent: string }> };
}

/**
 * Waits until the element is there, looking at every frame. It is a function and no text, because the page's content security
 * policy does not let a text be evaluated.
 * @returns when it was there (ms since the navigation)
 */
export async function appearance(page: Page, wanted: Wanted): Promise<number> {
  const found = await page.waitForFunction(
    ({ selector, text }) => {
      const elements = [...(globalThis as unknown as Browsing).document.querySelectorAll(selector)];
      return elements.some(({ textContent }) => textContent.includes(text)) ? performance.now() : null;
    },
    wanted,
    { polling: 'raf' },
  );
  return Number(await found.jsonValue());
}
