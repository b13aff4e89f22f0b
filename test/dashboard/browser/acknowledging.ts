/** A redraw from overdue to completed, in the windows of two users who never reload. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { deliverProgress, deliverRedraw, sweepOn, windowOf } from './opened/setup.ts';
import { passTime } from './opened/visit.ts';

let olivia: Page;
let clara: Page;

export const rowsOf = (page: Page) => page.getByRole('table', { name: 'Open redraws' }).locator('tbody tr');
const acknowledge = (page: Page) => page.getByRole('button', { name: /^Acknowledge: redraw/ });
const release = (page: Page) => page.getByRole('button', { name: /^Release: redraw/ });

async function acknowledgeWith(page: Page, note: string): Promise<void> {
  await acknowledge(page).click();
  const dialog = page.getByRole('dialog', { name: 'Acknowledge redraw' });
  await dialog.getByRole('textbox').fill(note);
  await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).click();
}

export function acknowledging(): void {
  describe('two users and a redraw', () => {
    beforeAll(async () => {
      const [one, other] = await Promise.all([windowOf('Olivia Operator'), windowOf('Clara Clinician')]);
      olivia = one.page;
      clara = other.page;
      for (const page of [olivia, clara]) await page.getByText('No webhooks yet').waitFor();
    });

    test('it appears, and is flagged when it is overdue', async () => {
      await deliverRedraw(1);
      await passTime(olivia, clara);
      for (const page of [olivia, clara]) await rowsOf(page).filter({ hasText: 'Redraw order' }).waitFor();
      expect(await rowsOf(olivia).innerText()).toContain('Not flagged yet');
      expect(await sweepOn(25)).toMatchObject({ flagged: 1 });
      await passTime(olivia, clara);
      for (const page of [olivia, clara]) await rowsOf(page).getByText('Flagged').waitFor();
    });

    test('the other user sees the acknowledgement and its note', async () => {
      await acknowledgeWith(olivia, 'Called the draw center');
      await olivia.getByText('Redraw acknowledged').waitFor();
      await rowsOf(olivia).getByText('olivia@example.com').waitFor();
      await passTime(clara);
      await rowsOf(clara).getByText('olivia@example.com').waitFor();
      await rowsOf(clara).getByRole('button', { name: 'Note from olivia@example.com' }).click();
      await clara.getByText('Called the draw center').waitFor();
    });

    test('it is released, and the other user acknowledges it', async () => {
      await release(olivia).click();
      await acknowledge(olivia).waitFor();
      // Until then the row shows what is expected of the API.
      await olivia.getByText('Redraw released').waitFor();
      await passTime(clara);
      await acknowledge(clara).waitFor();
      await acknowledgeWith(clara, 'The patient comes on Monday');
      await clara.getByText('Redraw acknowledged').waitFor();
    });

    test('a conflict says who acknowledged it, and keeps the note', async () => {
      await acknowledgeWith(olivia, 'Left a voicemail');
      await olivia.getByText(/clara@example.com acknowledged it .* Your note is kept/).waitFor();
      await rowsOf(olivia).getByText('clara@example.com').waitFor();
      await rowsOf(olivia).getByRole('checkbox').check();
      await olivia.getByRole('button', { name: 'Acknowledge selected' }).click();
      const dialog = olivia.getByRole('dialog', { name: 'Acknowledge redraw' });
      expect(await dialog.getByRole('textbox').inputValue()).toBe('Left a voicemail');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await rowsOf(olivia).getByRole('checkbox').uncheck();
    });

    test('progress clears the flag and the acknowledgement, completion removes it from the list', async () => {
      await deliverProgress(1, 11, 'requisition_created', 26);
      await passTime(olivia, clara);
      for (const page of [olivia, clara]) {
        await rowsOf(page).getByText('Appointment or draw').waitFor();
        await acknowledge(page).waitFor();
        expect(await rowsOf(page).innerText()).not.toMatch(/Flagged|example\.com/);
      }
      await deliverProgress(1, 11, 'completed', 27);
      await passTime(olivia, clara);
      for (const page of [olivia, clara]) await page.getByText('No open redraws').waitFor();
    });

    test('a late acknowledgement shows at once, and is undone when the API refuses it', async () => {
      await deliverRedraw(2);
      await passTime(olivia);
      await acknowledge(olivia).waitFor();
      const held = Promise.withResolvers<void>();
      // Block refreshes, so that the page does not learn of it in the meantime.
      for (const question of ['**/acknowledgements', '**/v1/redraws?*'])
        await olivia.route(question, async (route) => {
          await held.promise;
          await route.continue();
        });
      await deliverProgress(2, 12, 'completed', 12);
      await acknowledgeWith(olivia, '');
      await rowsOf(olivia).getByText('Saving').waitFor();
      expect(await rowsOf(olivia).innerText()).toContain('olivia@example.com');
      held.resolve();
      await olivia.getByText('The redraw was not acknowledged').waitFor();
      await olivia.getByText('No open redraws').waitFor();
      await olivia.unrouteAll({ behavior: 'ignoreErrors' });
    });

    test('a cancelled redraw needs a decision, and only a note closes it', async () => {
      await deliverRedraw(6);
      await deliverProgress(6, 16, 'cancelled', 20);
      await passTime(olivia);
      const decisions = olivia.getByRole('table', { name: 'Needs a decision' });
      await decisions.getByText('The redraw was cancelled').waitFor();
      await decisions.getByRole('button', { name: /^Record decision: redraw/ }).click();
      const dialog = olivia.getByRole('dialog', { name: 'Record decision' });
      const submit = dialog.getByRole('button', { name: 'Record decision', exact: true });
      expect(await submit.isDisabled()).toBe(true);
      await dialog.getByRole('textbox').fill('Placed a new order');
      await submit.click();
      await decisions.waitFor({ state: 'detached' });
      await olivia.getByText('Decision recorded').waitFor();
      await olivia.locator('h1:focus').waitFor();
    });
  });
}
