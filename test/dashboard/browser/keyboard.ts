/** What has the focus, and how it gets there. */
import type { Page } from 'playwright-core';

/** More than the tab stops before the first row. */
const MAX_TAB_STOPS = 80;

/** Of the focused element. Looking for it by role on each Tab would take most of the test's time. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return focused?.getAttribute('aria-label') ?? focused?.textContent?.trim() ?? '';
  });
}

/** Presses Tab until something with this name has the focus. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < MAX_TAB_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (name.test(await focusedName(page))) return;
  }
  throw new Error(`${name} cannot be reached by Tab`);
}
