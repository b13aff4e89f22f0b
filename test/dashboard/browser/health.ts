/** The Health page. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { deliverText, stack, windowOf } from './setup.ts';
import { follow } from './visit.ts';

export function health(): void {
  describe('health', () => {
    let page: Page;

    beforeAll(async () => {
      expect(await deliverText('{"neither":"an order"}')).toBe('quarantined');
      page = (await windowOf('Max Maintainer')).page;
      await follow(page, '/health');
    });

    test('a webhook in quarantine is listed and can be replayed', async () => {
      const row = page
        .getByRole('table', { name: 'Quarantine' })
        .locator('tbody tr')
        .filter({ hasText: 'Never' });
      await row.waitFor();
      await row.getByRole('button', { name: /^Replay the webhook/ }).click();
      await page.getByText('Still couldn’t parse it').waitFor();
      await page
        .getByRole('table', { name: 'Quarantine' })
        .getByText(/^Quarantined,/)
        .waitFor();
    });
  });
}

/** Of a range not requested before: the API caches each for a minute. */
export function history(): void {
  test('the history is drawn', async () => {
    const { page } = await windowOf('Max Maintainer');
    await page.goto(`${stack.url}/health?days=30`);
    await page.getByRole('toolbar', { name: 'Legend for Webhooks' }).getByText('Applied').waitFor();
    expect(await page.locator('[class*="series--bar"] rect').count()).toBeGreaterThan(1);
  });
}
