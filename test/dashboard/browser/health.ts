/** The Health page. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { findingsInDialog } from './opened/appearances.ts';
import { deliverText, stack, windowOf } from './opened/setup.ts';
import { follow, patiently } from './opened/visit.ts';

export function health(): void {
  describe('health', () => {
    let page: Page;

    beforeAll(async () => {
      for (const text of ['{"neither":"an order"}', '{"neither":"a kit"}'])
        expect(await deliverText(text)).toBe('quarantined');
      page = (await windowOf('Max Maintainer')).page;
      await follow(page, '/health');
    });

    test('a webhook in quarantine is listed and can be replayed', async () => {
      const row = rows().filter({ hasText: 'Never' }).first();
      await row.getByRole('button', { name: /^Replay the webhook/ }).click();
      await page.getByText('Still couldn’t parse it').waitFor();
      await rows()
        .getByText(/^Still quarantined,/)
        .first()
        .waitFor();
    });

    test('one is dismissed with a note, and the rest of its reason is replayed', async () => {
      await rows()
        .first()
        .getByRole('button', { name: /^Dismiss the webhook/ })
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Note' }).fill('A manual test.');
      expect(await findingsInDialog(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Dismiss', exact: true }).click();
      await page.getByText('Webhook dismissed').waitFor();
      await rows()
        .getByRole('button', { name: /^Replay all with this reason/ })
        .first()
        .click();
      await dialog.getByRole('button', { name: 'Replay all' }).dblclick();
      await page.getByText('0 of 1 webhook processed').waitFor();
      await page.getByRole('button', { name: 'Dismissed', exact: true }).click();
      await rows().getByText('A manual test.').waitFor();
    });

    test('the alarms are there by state, and the rest of the page is where they cannot be read', async () => {
      await page.getByRole('button', { name: /^Not enough data \(\d+\)$/ }).click();
      await page
        .getByRole('table', { name: 'Alarms' })
        .getByText('What to do: docs/operations/runbook.md#')
        .first()
        .waitFor();
      const alarms = '**/v1/alarms';
      await page.route(alarms, (route) => route.fulfill({ status: 503, json: { detail: 'Out of order' } }));
      await page.reload();
      await patiently(page, page.getByText('Couldn’t load the alarms'));
      await page.getByText('Last webhook processed').waitFor();
      await rows().first().waitFor();
      await page.unroute(alarms);
    });

    const rows = () => page.getByRole('table', { name: 'Quarantine' }).locator('tbody tr');
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
