/** An operator sends a message by hand, and everybody sees that the patient was told. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { findingsInDialog } from './opened/appearances.ts';
import { client, windowOf } from './opened/setup.ts';
import { follow, passTime } from './opened/visit.ts';

/** @param waiting a journey whose redraw is open, and which Junction knows */
export function patientMessages(waiting: Journey): void {
  describe('messages to patients', () => {
    let page: Page;
    let id: string;

    beforeAll(async () => {
      page = (await windowOf('Olivia Operator')).page;
      const { json } = await client.ask(`/v1/orders/${waiting.snapshots[0]?.orderId}`);
      id = String((json as { order_transaction_id: string }).order_transaction_id);
      await follow(page, `/transactions/${id}`);
    });

    test('one is sent by hand after its text was shown, and the timeline and the worklist say so', async () => {
      await page.getByRole('button', { name: 'Send a message' }).last().click();
      const dialog = page.getByRole('dialog', { name: 'Send a message' });
      const preview = dialog.getByRole('region', { name: 'Preview for this patient' });
      await preview.getByText('Reply STOP to opt out').waitFor();
      expect(await findingsInDialog(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Message' }).click();
      await page.getByRole('option', { name: 'Redraw available' }).click();
      const submit = dialog.getByRole('button', { name: 'Send SMS' });
      expect(await submit.isDisabled()).toBe(true);
      await dialog.getByLabel('Reason').fill('The patient asked for the link again');
      await submit.click();
      await page.getByText('SMS requested').waitFor();
      const told = async () => (await client.ask(`/v1/transactions/${id}`)).json;
      await expect.poll(told, { timeout: 20_000 }).toMatchObject({ told: { channel: 'sms', reached: true } });
      await passTime(page);
      const timeline = page.getByRole('list', { name: 'Activity, newest first' });
      await timeline.getByText('Patient notified by SMS').waitFor();
      await timeline.getByText('Sent by olivia@example.com: The patient asked for the link again').waitFor();
      await follow(page, '/?f=reached%3DNotified');
      await page
        .locator(`.worklist tr:has(a[href="/transactions/${id}"])`)
        .getByText(/^SMS (sent|delivered)$/)
        .waitFor();
    });

    test('an opt-out is recorded, with who recorded it', async () => {
      await follow(page, `/transactions/${id}`);
      await page.getByText('Consent assumed').first().waitFor();
      await page.getByRole('button', { name: 'Change settings' }).click();
      const dialog = page.getByRole('dialog', { name: 'Message settings' });
      await dialog.getByRole('checkbox', { name: 'The patient opted out of email' }).check();
      expect(await findingsInDialog(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Recorded by olivia@example.com').waitFor();
      await page.getByText('Opted out').waitFor();
    });
  });
}
