/** Results, fetched from Junction on demand. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { event, orderId, walkIn } from '../../../tools/verification/oracle/bodies.ts';
import { findingsInDialog } from './opened/appearances.ts';
import { axeFindings } from './opened/chromium.ts';
import { client, deliverOrder, untilListed, windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';

/** @param of a journey with all its results */
export function results(of: Journey): void {
  describe('results', () => {
    test('partial results of an order in progress are listed, and opened as those of the order', async () => {
      const { page } = await windowOf('Clara Clinician');
      // Reported before the results of the journeys, which Junction has: they come first in the list.
      const reported = '2025-01-05T08:00:00Z';
      const events = [event(1, 'ordered', '2025-01-01T08:00:00Z'), event(2, 'partial_results', reported)];
      await deliverOrder(walkIn(31, events, { interpretation: 'abnormal' }));
      await untilListed([orderId(31)]);
      await follow(page, '/results?show=abnormal');
      const name = `Abnormal: results for order ${orderId(31).slice(0, 8)}`;
      const row = page.getByRole('row').filter({ has: page.getByRole('button', { name }) });
      await row.getByText(/^Reported/).waitFor();
      // Junction does not have them, so nobody can have seen them.
      await page.getByRole('button', { name }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('No results to open').waitFor();
      expect(await dialog.getByRole('button', { name: /^Reviewed/ }).getAttribute('aria-disabled')).toBe(
        'true',
      );
      await page.keyboard.press('r');
      await dialog.getByRole('button', { name: 'Close', exact: true }).click();
      const { json } = await client.ask('/v1/transactions?reviewed=true');
      expect(json).toMatchObject({ transactions: [] });
    });

    test('a critical result is marked for everybody, and acknowledged by a clinician', async () => {
      const { json } = await client.ask('/v1/critical-results');
      const [{ order_transaction_id } = { order_transaction_id: '' }] = (
        json as { critical_results: { order_transaction_id: string }[] }
      ).critical_results;
      const { page: vera } = await windowOf('Vera Viewer');
      await follow(vera, `/transactions/${order_transaction_id}`);
      await vera.getByText('Someone with permission to open results').waitFor();
      expect(await vera.getByRole('button', { name: /^Acknowledge/ }).count()).toBe(0);
      expect(await vera.getByRole('link', { name: 'Clinical inbox' }).count()).toBe(0);

      expect(await vera.getByText('1 critical result, open for').count()).toBe(0);

      const { page } = await windowOf('Clara Clinician');
      await follow(page, '/');
      // On each page, on a phone, and where 200 % leave half of the width.
      for (const [address, width] of [
        ['/orders', 390],
        ['/health', 640],
        ['/', 1440],
      ] as const) {
        await page.setViewportSize({ width, height: HEIGHT });
        await follow(page, address);
        const banner = page.locator('.critical-banner');
        for (const part of [
          banner.getByText('1 critical result, open for'),
          banner.getByRole('link', { name: 'Open' }),
        ])
          await expect.poll(() => isOnScreen(part, width)).toBe(true);
      }
      await page.getByRole('link', { name: 'Open', exact: true }).click();
      await page.getByRole('button', { name: /^Critical: results for/ }).click();
      const dialog = page.getByRole('dialog', { name: /^Results for/ });
      await dialog.getByRole('table', { name: 'Results' }).waitFor();
      const acknowledge = dialog.getByRole('button', { name: /^Acknowledge critical result/ });
      expect(await acknowledge.getAttribute('aria-disabled')).toBe('true');
      await dialog.getByLabel('Who was told').fill('Dr. Lee');
      await dialog.getByLabel('They read it back').check();
      expect(await findingsInDialog(page, [1440])).toEqual([]);
      await acknowledge.click();
      // The row is gone, and the values stay on the screen.
      await dialog.getByText('Told Dr. Lee by phone, read back').waitFor();
      // Who acknowledges has seen the values, so they are reviewed.
      await dialog.getByText('Reviewed by clara@example.com').waitFor();
      await dialog.getByRole('button', { name: 'Close', exact: true }).click();
      await page.getByText('No open critical results').waitFor();
      expect(await page.getByText('1 critical result, open for').count()).toBe(0);
      await follow(page, '/critical-results');
      await page.waitForURL('**/results?show=critical');
      await follow(page, '/results?reviewed=any&show=abnormal');
      await page.getByRole('cell', { name: 'clara@example.com' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await follow(page, `/transactions/${order_transaction_id}`);
      await page.getByText('Critical result, acknowledged').waitFor();
    });

    test('a clinician opens the combined results and their PDF', async () => {
      const { page, context } = await windowOf('Clara Clinician');
      const order = of.snapshots.findLast(({ orderId }) => orderId !== null)?.orderId;
      const found = (await client.ask(`/v1/search?q=${order}`)).json as { transactions: { id: string }[] };
      const id = found.transactions[0]?.id ?? '';
      const report = (await client.ask(`/v1/transactions/${id}/results`)).json as {
        results: { name: string; result: string }[];
      };
      expect(report.results.length).toBeGreaterThan(2);

      await follow(page, '/results');
      await page
        .getByRole('button', { name: new RegExp(`results for transaction ${id.slice(0, 8)}`) })
        .click();
      const dialog = page.getByRole('dialog', { name: /^Results for transaction/ });
      for (const { name, result } of report.results)
        await dialog.getByRole('row').filter({ hasText: name }).filter({ hasText: result }).first().waitFor();

      const answer = page.waitForResponse('**/results.pdf');
      const opened = context.waitForEvent('page');
      await dialog.getByRole('button', { name: /^PDF for transaction/ }).click();
      expect((await (await answer).allHeaders())['content-type']).toBe('application/pdf');
      await (await opened).close();
      await expectPrinted(page, id);
      await dialog.getByRole('button', { name: 'Close', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    });
  });
}

const HEIGHT = 844;

async function isOnScreen(part: Locator, right: number): Promise<boolean> {
  const { x, y, width, height } = (await part.boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
  return x >= 0 && y >= 0 && x + width <= right && y + height <= HEIGHT;
}

/** On paper, open results say in full whose they are and what they are of, in place of the page. */
async function expectPrinted(page: Page, id: string): Promise<void> {
  const { json } = await client.ask(`/v1/transactions/${id}`);
  const { client_user_id, user_id, orders } = json as {
    client_user_id: string;
    user_id: string;
    orders: { id: string; lab_test: { name: string } | null }[];
  };
  expect(client_user_id).not.toBe(null);
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('heading', { name: /^Results for transaction/, level: 1 }).waitFor();
  const printed = await page.locator('body').innerText();
  for (const text of [client_user_id, user_id, id, ...orders.map((order) => order.id), 'Printed'])
    expect(printed).toContain(text);
  for (const { lab_test } of orders) expect(printed).toContain(lab_test?.name ?? '');
  await page.emulateMedia({ media: 'screen' });
}
