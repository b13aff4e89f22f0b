/** What each of the four people does most, by keyboard alone and on a phone. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { tabTo } from './keyboard.ts';
import { findingsInDialog } from './opened/appearances.ts';
import type { Person } from './opened/chromium.ts';
import { client, stack, windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';
import { rowsOf } from './working.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };

export function journeys(): void {
  describe('by keyboard alone', () => {
    test('a coordinator takes the most urgent redraw that is nobody’s, logs a voicemail for tomorrow at five, and goes on', async () => {
      const page = await startAt('Olivia Operator', '/?show=unassigned');
      await rowsOf(page).first().waitFor();
      const [first, second] = await idsOf(page);
      let keys = 0;
      const type = async (...pressed: string[]) => {
        keys += pressed.length;
        await press(page, ...pressed);
      };
      await type('j');
      await markedRow(page, first).waitFor();
      await type('e');
      const form = page.getByRole('group', { name: 'Log a contact' });
      await form.getByRole('radio').first().and(page.locator(':focus')).waitFor();
      // Past the note to "Tomorrow", and its hour to five in the afternoon.
      await type('2', 'Tab', 'Tab', 'ArrowRight', 'ArrowRight', 'Tab', 'Tab', 'Tab', 'Tab', '5', 'Tab', 'p');
      await type('Control+Enter');
      await page.getByText('Left a voicemail: saved').first().waitFor();
      // The next one is marked, with its form open.
      await markedRow(page, second).waitFor();
      await form.getByRole('radio').first().and(page.locator(':focus')).waitFor();
      expect(keys).toBeLessThanOrEqual(15);
      const { json } = await client.ask(`/v1/transactions/${first}`);
      expect(json).toMatchObject({
        contact: { kind: 'voicemail', by: 'olivia@example.com' },
        assignment: { assignee: 'olivia@example.com' },
      });
      const at = new Date((json as { assignment: { follow_up_at: string } }).assignment.follow_up_at);
      expect(at.getHours()).toBe(17);
      await form.getByRole('button', { name: 'Cancel' }).click();
    });

    test('two rows are handed to a colleague in one dialog, and Back restores the mark', async () => {
      const page = await startAt('Olivia Operator', '/');
      await rowsOf(page).nth(1).waitFor();
      const [first, second] = await idsOf(page);
      await page.locator('h1').first().click();
      await press(page, 'j', 'x', 'j', 'x', 'a');
      const dialog = page.getByRole('dialog', { name: 'Assign 2' });
      await dialog.getByRole('combobox', { name: 'Owner' }).fill('clara@example.com');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Assigned to clara@example.com: 2').waitFor();
      for (const id of [first, second])
        await rowsOf(page)
          .filter({ has: page.locator(`a[href="/transactions/${id}"]`) })
          .getByText('clara@example.com')
          .waitFor();
      await linkTo(page, second).focus();
      await press(page, 'o');
      await page.getByRole('heading', { name: 'Activity' }).waitFor();
      await page.goBack();
      await markedRow(page, second).waitFor();
      await press(page, '?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      expect(await findingsInDialog(page)).toEqual([]);
      await press(page, 'Escape');
    });

    test('a support engineer searches an order and copies why it has its status', async () => {
      const page = await startAt('Vera Viewer', '/');
      const id = await firstId(page);
      await press(page, '/');
      await page.keyboard.type(id);
      await press(page, 'Enter');
      await page.waitForURL(`**/transactions/${id}`);
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
    test('a coordinator opens a redraw by its card, and logs a call', async () => {
      const page = await startAt('Olivia Operator', '/?show=unassigned', PHONE);
      const card = rowsOf(page).first();
      await card.getByText('Last contact').click();
      await page.getByRole('heading', { name: 'Activity' }).waitFor();
      await page
        .getByRole('region', { name: 'What to do next' })
        .getByRole('button', { name: 'More' })
        .click();
      await page
        .getByRole('menuitem', { name: 'Log a contact' })
        .or(page.getByRole('menuitem').first())
        .first()
        .waitFor();
      await press(page, 'Escape');
      await page.getByRole('button', { name: 'Log a contact' }).last().click();
      const form = page.getByRole('group', { name: 'Log a contact' });
      await form.getByRole('radio', { name: 'Spoke by phone' }).check();
      await form.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Spoke by phone: saved').first().waitFor();
      await page
        .getByRole('list', { name: 'Activity, newest first' })
        .getByText('Spoke by phone')
        .first()
        .waitFor();
      await wide(page);
    });

    test('a support engineer searches an order', async () => {
      const page = await startAt('Vera Viewer', '/', PHONE);
      const id = await firstId(page);
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('searchbox', { name: /^Search by order/ }).fill(id);
      await press(page, 'Enter');
      await page.waitForURL(`**/transactions/${id}`);
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

const linkTo = (page: Page, id = '') => page.locator(`.worklist a[href="/transactions/${id}"]`);
const markedRow = (page: Page, id = '') =>
  page.locator('tr:has([data-marked])').filter({ has: page.locator(`[data-row="${id}"]`) });

/** The transactions on the worklist, as they are there. */
function idsOf(page: Page): Promise<string[]> {
  return page
    .locator('.worklist [data-row]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row') ?? ''));
}

/** The transaction of the first open redraw. */
async function firstId(page: Page): Promise<string> {
  const link = page.locator('.worklist a[href^="/transactions/"]').first();
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
}
