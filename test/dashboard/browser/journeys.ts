/** What each of the four people does most, by keyboard alone and on a phone. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { rowsOf } from './acknowledging.ts';
import { tabTo } from './keyboard.ts';
import { findingsInDialog } from './opened/appearances.ts';
import type { Person } from './opened/chromium.ts';
import { client, stack, windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };

/** @param of a journey with all its results */
export function journeys(of: Journey): void {
  describe('by keyboard alone', () => {
    test('lab operations finds the next redraw, acknowledges it with a note and looks up the keys', async () => {
      const page = await startAt('Olivia Operator', '/');
      await rowsOf(page).first().waitFor();
      await press(page, 'j', 'j', 'k');
      // What needs a decision comes first.
      const row = rowsOf(page).filter({ has: page.locator(':focus') });
      while ((await row.getByRole('button', { name: /^Acknowledge: redraw/ }).count()) === 0)
        await press(page, 'j');
      await press(page, 'a');
      const dialog = page.getByRole('dialog', { name: 'Acknowledge redraw' });
      const note = dialog.getByRole('textbox');
      await note.and(page.locator(':focus')).waitFor();
      // Keys that are typed are text.
      await page.keyboard.type('jk?');
      expect(await note.inputValue()).toBe('jk?');
      await tabTo(page, /^Acknowledge$/);
      await press(page, 'Enter');
      await page.getByText('Redraw acknowledged').first().waitFor();
      await row.getByText('olivia@example.com').waitFor();
      await press(page, '?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      expect(await findingsInDialog(page)).toEqual([]);
      await press(page, 'Escape');
    });

    test('a clinician opens results, reads them and closes them', async () => {
      const { page } = await windowOf('Clara Clinician');
      // Loaded again, because a list that is still there from before would take the focus along.
      await page.goto(`${stack.url}/results?show=complete`);
      const name = await resultsOf(of);
      const open = page.getByRole('button', { name });
      await open.waitFor();
      const row = page.locator('tbody tr').filter({ has: page.locator(':focus') });
      while ((await row.filter({ has: open }).count()) === 0) await press(page, 'j');
      await tabTo(page, new RegExp(name));
      await press(page, 'Enter');
      await page.getByRole('dialog').getByRole('table', { name: 'Results' }).waitFor();
      expect(await findingsInDialog(page, [1440])).toEqual([]);
      await press(page, 'Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await open.and(page.locator(':focus')).waitFor();
    });

    test('a support engineer searches an order and copies why it has its status', async () => {
      const page = await startAt('Vera Viewer', '/');
      const id = await firstId(page);
      await press(page, '/');
      await page.keyboard.type(id);
      await press(page, 'Enter');
      await page
        .getByRole('heading', { level: 1 })
        .filter({ hasText: id.slice(0, 8) })
        .waitFor();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy as text' }).waitFor();
      await tabTo(page, /^Copy as text$/);
      await press(page, 'Enter');
      await page.getByText('Copied').first().waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^The transaction is /);
    });

    test('a maintainer replays a webhook', async () => {
      const { page } = await windowOf('Max Maintainer');
      await page.goto(stack.url);
      await page.getByRole('heading', { name: 'Worklist' }).waitFor();
      await tabTo(page, /^Health$/);
      await press(page, 'Enter');
      await page
        .getByRole('button', { name: /^Replay the webhook/ })
        .first()
        .waitFor();
      await tabTo(page, /^Replay the webhook/);
      const replayed = page.waitForResponse('**/replay');
      await press(page, 'Enter');
      expect((await replayed).status()).toBe(200);
      await page.getByText('Still couldn’t parse it').first().waitFor();
    });
  });

  describe('on a phone', () => {
    test('lab operations opens a redraw by its card and acknowledges it', async () => {
      const page = await startAt('Olivia Operator', '/', PHONE);
      const card = page
        .locator('.worklist ol > li')
        .filter({ has: page.getByRole('button', { name: /^Acknowledge: redraw/ }) })
        .first();
      await card.getByText('Waiting on').click();
      await page.getByRole('heading', { level: 1, name: /^(Transaction|Order) / }).waitFor();
      await page.getByRole('button', { name: 'Acknowledge', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Acknowledge redraw' });
      await dialog.getByRole('textbox').fill('On the phone with the patient');
      await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
      await page.getByText('Redraw acknowledged').first().waitFor();
      await page.getByRole('button', { name: 'Release', exact: true }).waitFor();
      await page.getByText('On the phone with the patient').first().waitFor();
      await wide(page);
    });

    test('a clinician opens results', async () => {
      const page = await startAt('Clara Clinician', '/', PHONE);
      await page.getByRole('heading', { name: 'Worklist' }).waitFor();
      await follow(page, '/results?show=complete');
      await page.getByRole('button', { name: await resultsOf(of) }).click();
      await page.getByRole('dialog').getByRole('row').nth(1).waitFor();
      expect(await findingsInDialog(page, [390])).toEqual([]);
      await page.getByRole('button', { name: 'Close results' }).click();
      await wide(page);
    });

    test('a support engineer searches an order', async () => {
      const page = await startAt('Vera Viewer', '/', PHONE);
      const id = await firstId(page);
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('searchbox', { name: /^Search by order/ }).fill(id);
      await press(page, 'Enter');
      await page
        .getByRole('heading', { level: 1 })
        .filter({ hasText: id.slice(0, 8) })
        .waitFor();
      await wide(page);
    });

    test('a maintainer reads the health and replays a webhook', async () => {
      const page = await startAt('Max Maintainer', '/', PHONE);
      await choosePage(page, 'Health');
      await page.getByText('Last webhook processed').waitFor();
      const replayed = page.waitForResponse('**/replay');
      await page
        .getByRole('button', { name: /^Replay the webhook/ })
        .first()
        .click();
      expect((await replayed).status()).toBe(200);
      await page.getByText('Still couldn’t parse it').first().waitFor();
      await wide(page);
    });
  });
}

async function startAt(person: Person, address: string, size = DESKTOP): Promise<Page> {
  const { page } = await windowOf(person);
  await page.setViewportSize(size);
  await follow(page, address);
  return page;
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function wide(page: Page): Promise<void> {
  await page.setViewportSize(DESKTOP);
}

async function choosePage(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
}

/** The name of the button that opens the results. Junction does not have those of every order here. */
async function resultsOf(of: Journey): Promise<string> {
  const order = of.snapshots.findLast(({ orderId }) => orderId !== null)?.orderId;
  const found = (await client.ask(`/v1/search?q=${order}`)).json as { transactions: { id: string }[] };
  return `Results for transaction ${found.transactions[0]?.id.slice(0, 8)}`;
}

/** The transaction of the first open redraw. */
async function firstId(page: Page): Promise<string> {
  const link = page.locator('.worklist a[href^="/transactions/"]').first();
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
}
