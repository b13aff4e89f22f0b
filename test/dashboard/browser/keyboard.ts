/** The worklist without a mouse. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rowsOf } from './acknowledging.ts';
import { stack, windowOf } from './scene.ts';

/** More than there are things to stop at before the first row. */
const MAX_TAB_STOPS = 60;

export function byKeyboard(): void {
  test('a redraw is acknowledged, and taken back, by keys alone', async () => {
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
    // The focus is where it was, on what now takes it back.
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

async function tabTo(page: Page, name: RegExp): Promise<void> {
  const wanted = page.getByRole('button', { name }).and(page.locator(':focus'));
  for (let stop = 0; stop < MAX_TAB_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`${name} cannot be reached by Tab`);
}
