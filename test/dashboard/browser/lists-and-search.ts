/** Lists with filters, and the search. */
import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { event, march, orderId, USER, walkIn } from '../../../tools/verification/oracle/bodies.ts';
import { patientDataIn } from '../../patient-data.ts';
import { client, deliverOrder, stack, untilListed, windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';

/** Client user IDs that a spreadsheet would take for formulas. */
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(1)'];

const idsOf = (page: Page) =>
  page
    .locator('tbody a[href^="/transactions/"]')
    .evaluateAll((links) => [
      ...new Set(links.map((link) => link.getAttribute('href')?.split('/')[2] ?? '')),
    ]);
const pager = (page: Page) => page.getByRole('navigation', { name: 'List pages', exact: true });

export function listsAndSearch(): void {
  describe('lists and search', () => {
    let page: Page;

    beforeAll(async () => {
      page = (await windowOf('Max Maintainer')).page;
      for (const [index, client_user_id] of FORMULAS.entries())
        await deliverOrder(walkIn(21 + index, [event(1, 'ordered', march(21))], { client_user_id }));
      // A page that one of them joins between two looks would differ.
      await untilListed(FORMULAS.map((_, index) => orderId(21 + index)));
    });

    test('a list has pages, and a link leads to one of them', async () => {
      await follow(page, '/orders');
      await pager(page).getByText('Page 1').waitFor();
      const first = await idsOf(page);
      expect(first).toHaveLength(50);
      await pager(page).getByRole('button', { name: 'Next page' }).click();
      await pager(page).getByText('Page 2').waitFor();
      await page.locator(`a[href="/transactions/${first[0]}"]`).first().waitFor({ state: 'detached' });
      const second = await idsOf(page);
      expect(second.filter((id) => first.includes(id))).toEqual([]);
      const address = page.url();
      await page.goBack();
      await page.locator(`a[href="/transactions/${first[0]}"]`).first().waitFor();
      expect(await idsOf(page)).toEqual(first);

      const { page: other } = await windowOf('Vera Viewer');
      const { pathname, search } = new URL(address);
      await follow(other, pathname + search);
      await pager(other).getByText('Page', { exact: true }).waitFor();
      await other.locator(`a[href="/transactions/${second[0]}"]`).first().waitFor();
      expect(await idsOf(other)).toEqual(second);
    });

    test('a filter is in the URL', async () => {
      await follow(page, '/orders');
      await page.getByRole('searchbox', { name: 'Filter the orders' }).focus();
      const filter = page.getByRole('combobox', { name: 'Filter the orders' });
      await filter.fill('Redraw available');
      await page.getByRole('option', { name: /Tag.*Redraw available/ }).click();
      await page.waitForURL('**/orders?tag=redraw_available');
      await page.getByText('Redraw available').nth(1).waitFor();
      const tagged = await client.pages('/v1/transactions', { redraw: 'available', limit: '100' });
      const wanted = tagged.flat().map(({ id }) => id);
      await page.getByText('Redraw completed').first().waitFor();
      await page.waitForFunction(
        (count) => document.querySelectorAll('tbody tr').length === count,
        wanted.length,
      );
      expect((await idsOf(page)).sort()).toEqual(wanted.sort());
    });

    test('what a filter cannot use is said, and a date is entered as one', async () => {
      await follow(page, '/orders?expected_by=26/11/2026&user=patient-1042');
      await page.getByText('“26/11/2026” isn’t a date').waitFor();
      const search = page.getByRole('link', { name: 'search for patient-1042' });
      expect(await search.getAttribute('href')).toBe('/search?q=patient-1042');
      await page.getByRole('button', { name: /Results expected by = 26\/11\/2026/ }).click();
      await page.getByRole('textbox', { name: 'Results expected by' }).fill('2026-11-26');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.waitForURL(/expected_by=2026-11-26/);
      await page.getByText('isn’t a date').waitFor({ state: 'detached' });
    });

    test('a printed worklist names its filters and has dates', async () => {
      await follow(page, '/?f=due%3DOverdue&f=modality%3DWalk-in');
      await page.emulateMedia({ media: 'print' });
      await page.getByText('Due = Overdue, Modality = Walk-in').waitFor();
      await page.getByText(/^Updated [A-Z][a-z]{2} \d+, \d{4}/).waitFor();
      await page.emulateMedia({ media: 'screen' });
    });

    test('the export has the filtered rows, and no formula', async () => {
      const answer = await client.pages(`/v1/users/${USER}/transactions`);
      const wanted = answer.flat().map(({ id }) => id);
      expect(wanted.length).toBeGreaterThan(FORMULAS.length);
      await follow(page, `/orders?user=${USER}`);
      await page.getByText(FORMULAS[0] ?? '').waitFor();
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const text = await readFile(await (await saved).path(), 'utf8');
      const { data } = Papa.parse<Record<string, string>>(text.replace('\uFEFF', ''), { header: true });
      expect(data.map(({ transaction_id }) => transaction_id)).toEqual(wanted);
      expect(patientDataIn(text)).toEqual([]);
      const users = data.map(({ client_user_id }) => client_user_id).filter((id) => id !== '');
      expect(users.sort()).toEqual(FORMULAS.map((formula) => `'${formula}`).sort());
      expect(data.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    });

    test('an ID leads to its transaction, and Back to the page before', async () => {
      await follow(page, '/orders?status=cancelled');
      const field = page.getByRole('searchbox', { name: 'Search by order, transaction or user ID' });
      await field.fill(orderId(11));
      await field.press('Enter');
      await page.waitForURL('**/transactions/7a000000-0000-4000-8000-000000000001');
      await page.getByRole('heading', { name: 'Activity' }).waitFor();
      await page.goBack();
      expect(page.url()).toBe(`${stack.url}/orders?status=cancelled`);
    });

    test('times show the exact time on hover, in the time zone of the user', async () => {
      const { page: newYork } = await windowOf('Vera Viewer');
      await follow(newYork, `/orders?user=${USER}`);
      const placed = newYork.locator(`time[datetime="${march(21)}"]`).first();
      await placed.waitFor();
      expect(await placed.innerText()).toMatch(/ago$/);
      expect((await placed.getAttribute('title'))?.replaceAll('\u202F', ' ')).toBe(
        'Mar 21, 2026, 4:00:00 AM EDT',
      );
    });
  });
}
