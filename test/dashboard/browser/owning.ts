/** An operator owns a redraw, logs a contact, and finds it among their own. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { findingsInDialog } from './opened/appearances.ts';
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
      await page.getByRole('button', { name: 'Log a contact' }).click();
      const dialog = page.getByRole('dialog', { name: 'Log a contact' });
      await dialog.getByRole('radio', { name: 'Left a voicemail' }).check();
      await dialog.getByRole('textbox').fill('Room 415-555-0132');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('“415-555-0132” looks like a phone number.').waitFor();
      expect(await findingsInDialog(page)).toEqual([]);
      await page.context().setOffline(true);
      await dialog.getByRole('button', { name: 'Save anyway' }).click();
      await dialog.getByText('Not saved').waitFor();
      await page.context().setOffline(false);
      // As after a session that ended.
      await page.reload();
      await page.getByRole('button', { name: 'Log a contact' }).click();
      expect(await dialog.getByRole('textbox').inputValue()).toBe('Room 415-555-0132');
      expect(await dialog.getByRole('radio', { name: 'Left a voicemail' }).isChecked()).toBe(true);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('button', { name: 'Save anyway' }).click();
      await dialog.waitFor({ state: 'detached' });
      const timeline = page.getByRole('list', { name: 'Events, oldest first' });
      await timeline.getByText('By olivia@example.com: Room 415-555-0132').waitFor();
      const { json } = await client.ask(`/v1/transactions/${id}/notes`);
      expect(json).toMatchObject({ notes: [{ kind: 'voicemail', by: 'olivia@example.com' }] });
    });

    test('a note about several redraws is offered again with their selection', async () => {
      await follow(page, '/');
      const rows = page.getByRole('table', { name: 'Open redraws' }).locator('tbody tr');
      await rows.nth(1).getByRole('checkbox').check();
      await rows.nth(2).getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Acknowledge selected' }).click();
      const dialog = page.getByRole('dialog', { name: 'Acknowledge 2 redraws' });
      await dialog.getByRole('textbox').fill('The lab was closed');
      await page.reload();
      await page.getByText('Your note for 2 redraws wasn’t saved').waitFor();
      const messages = page.getByRole('region', { name: 'Messages' });
      await messages.getByRole('button', { name: 'Open', exact: true }).click();
      await page.getByRole('button', { name: 'Acknowledge selected' }).click();
      expect(await dialog.getByRole('textbox').inputValue()).toBe('The lab was closed');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await follow(page, `/transactions/${id}`);
    });

    test('an owner finds it among their own, by an address alone', async () => {
      await page.getByRole('button', { name: 'Assign', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Assign' });
      await dialog.getByRole('combobox', { name: 'Owner' }).fill('Cora');
      await page.getByRole('option', { name: 'cora@example.com' }).waitFor();
      expect(await findingsInDialog(page)).toEqual([]);
      await dialog.getByRole('combobox', { name: 'Owner' }).fill('Front desk');
      // As after a session that could not be renewed.
      await page.reload();
      await page.getByText(/^What you typed for transaction .* wasn’t saved$/).waitFor();
      await page.getByRole('button', { name: 'Assign', exact: true }).click();
      expect(await dialog.getByRole('combobox', { name: 'Owner' }).inputValue()).toBe('Front desk');
      await dialog.getByRole('combobox', { name: 'Owner' }).fill('Front desk, 415-555-0132');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('“415-555-0132” looks like a phone number.').waitFor();
      await dialog.getByRole('combobox', { name: 'Owner' }).fill('olivia@example.com');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Change owner' }).waitFor();
      await page.getByRole('button', { name: 'Change owner' }).click();
      const change = page.getByRole('dialog', { name: /^Change owner/ });
      await change.getByRole('combobox', { name: 'Owner' }).fill('Night shift');
      await client.ask(`/v1/transactions/${id}/assignment`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ assignee: 'Day shift', by: 'clara' }),
      });
      await change.getByRole('button', { name: 'Save' }).click();
      // The clock of the page can be ahead by now.
      await change.getByText(/^clara .*assigned it to Day shift .*\. What you entered/).waitFor();
      expect(await findingsInDialog(page)).toEqual([]);
      expect(await change.getByRole('combobox', { name: 'Owner' }).inputValue()).toBe('Night shift');
      await change.getByRole('combobox', { name: 'Owner' }).fill('olivia@example.com');
      await change.getByRole('button', { name: 'Save' }).click();
      await change.waitFor({ state: 'detached' });
      await follow(page, '/?owner=me');
      await page.locator(`tr:has(a[href="/transactions/${id}"])`).getByText('olivia@example.com').waitFor();
      expect(await page.getByRole('table', { name: 'Open redraws' }).locator('tbody tr').count()).toBe(1);
    });
  });
}
