/** An operator owns a redraw, logs a contact, and finds it among their own. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { findingsEverywhere } from './opened/appearances.ts';
import { client, windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';

/** @param waiting a journey whose redraw is open */
export function owning(waiting: Journey): void {
  describe('owners and contacts', () => {
    let page: Page;
    let id: string;

    beforeAll(async () => {
      page = (await windowOf('Olivia Operator')).page;
      const { json } = await client.ask(`/v1/orders/${waiting.snapshots[0]?.orderId}`);
      id = String((json as { order_transaction_id: string }).order_transaction_id);
      await follow(page, `/transactions/${id}`);
    });

    test('a note with a phone number is pointed out, survives a lost connection, and is saved once', async () => {
      const form = page.getByRole('group', { name: 'Log a contact' });
      const log = () => page.getByRole('button', { name: 'Log a contact' }).last().click();
      await log();
      await form.getByRole('radio', { name: 'Left a voicemail' }).check();
      await form.getByRole('textbox', { name: /^Note/ }).fill('Room 415-555-0132');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('“415-555-0132” looks like a phone number.').waitFor();
      expect(await findingsEverywhere(page, { within: '.handling-form' })).toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.context().setOffline(true);
      await form.getByRole('button', { name: 'Save anyway' }).click();
      await form.getByText('Not saved').waitFor();
      await page.context().setOffline(false);
      // As after a session that ended.
      await page.reload();
      await page
        .getByText(/^What you typed for transaction .* wasn’t saved$/)
        .first()
        .waitFor();
      await log();
      expect(await form.getByRole('textbox', { name: /^Note/ }).inputValue()).toBe('Room 415-555-0132');
      expect(await form.getByRole('radio', { name: 'Left a voicemail' }).isChecked()).toBe(true);
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByRole('button', { name: 'Save anyway' }).click();
      await form.waitFor({ state: 'detached' });
      const activity = page.getByRole('list', { name: 'Activity, newest first' });
      await activity.getByText('By olivia@example.com: Room 415-555-0132').waitFor();
      const { json } = await client.ask(`/v1/transactions/${id}/notes`);
      expect(json).toMatchObject({ notes: [{ kind: 'voicemail', by: 'olivia@example.com' }] });
    });

    test('an owner is assigned in the row, and finds it among their own by an address alone', async () => {
      await follow(page, '/');
      const row = page.locator(`.worklist tr:has(a[href="/transactions/${id}"])`);
      await row.getByRole('button', { name: /: change the owner of/ }).click();
      await row.getByRole('combobox', { name: 'Owner' }).fill('Cora');
      await page.getByRole('option', { name: 'cora@example.com' }).click();
      await page.getByText('Assigned to cora@example.com').waitFor();
      await row.getByText('cora@example.com').waitFor();
      await page.getByRole('button', { name: 'Undo' }).first().click();
      await row.getByText('Unassigned').waitFor();
      await follow(page, `/transactions/${id}`);
      await page.getByRole('button', { name: 'Take', exact: true }).click();
      await page.getByText('olivia@example.com (you)').waitFor();
      await follow(page, '/?show=mine');
      await row.getByText('olivia@example.com').waitFor();
    });
  });
}
