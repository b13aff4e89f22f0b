/** The worklist by keyboard. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rowsOf } from './acknowledging.ts';
import { stack, windowOf } from './opened/setup.ts';

/** More than the tab stops before the first row. */
const MAX_TAB_STOPS = 80;

export function keyboard(): void {
  test('a redraw is acknowledged and released by keyboard alone', async () => {
    const { page } = await windowOf('Olivia Operator');
    await page.goto(stack.url);
    await rowsOf(page).first().waitFor();
    await tabTo(page, /^Acknowledge: redraw/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('textbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('By keys');
    await tabTo(page, /^Acknowledge$/);
    await page.keyboard.press('Enter');
    await rowsOf(page).getByText('olivia@example.com').waitFor();
    await page.getByText('Redraw acknowledged').waitFor();
    // The same button keeps the focus, and now releases the redraw.
    await page
      .getByRole('button', { name: /^Release: redraw/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /^Acknowledge: redraw/ })
      .and(page.locator(':focus'))
      .waitFor();
    expect(await rowsOf(page).getByText('olivia@example.com').count()).toBe(0);
  });
}

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
