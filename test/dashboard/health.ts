/** The page for who keeps the service running. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { hearText, windowOf } from './scene.ts';
import { follow, passTime } from './visit.ts';

export function health(): void {
  describe('health', () => {
    let page: Page;

    beforeAll(async () => {
      page = (await windowOf('Max Maintainer')).page;
      await follow(page, '/health');
      expect(await hearText('{"neither":"an order"}')).toBe('quarantined');
    });

    test('what was not understood is listed, and can be replayed', async () => {
      await passTime(page);
      const row = page
        .getByRole('table', { name: 'Quarantine' })
        .locator('tbody tr')
        .filter({ hasText: 'Never' });
      await row.waitFor();
      await row.getByRole('button', { name: /^Replay the webhook/ }).click();
      await page.getByText('It is still not understood').waitFor();
      await page
        .getByRole('table', { name: 'Quarantine' })
        .getByText(/^Quarantined,/)
        .waitFor();
    });

    test('the history is drawn, of the redraws as soon as there are two points of it', async () => {
      await page.reload();
      // What was taken in, and what was not understood.
      await page.getByRole('application', { name: 'Webhooks' }).first().waitFor({ state: 'attached' });
      for (const outcome of ['Applied', 'Quarantined'])
        await page.getByRole('toolbar', { name: 'What is in Webhooks' }).getByText(outcome).waitFor();
      await page.locator('[class*="series--bar"] rect').first().waitFor({ state: 'attached' });
      await page
        .getByRole('application', { name: 'Redraws' })
        .or(page.getByText(/^Too little was measured in 7 days/))
        .first()
        .waitFor({ state: 'attached' });
    });
  });
}
