/** A coordinator books, moves and cancels an appointment for a redraw at the simulated Junction, and cancels its order. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { findingsInDialog } from './opened/appearances.ts';
import { client, junction, windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';

/** @param waiting a journey whose redraw waits for an appointment at a lab that Junction books */
export function ordering(waiting: Journey): void {
  describe('ordering', () => {
    let page: Page;
    let panel: Locator;
    let dialog: Locator;
    let path: string;

    beforeAll(async () => {
      page = (await windowOf('Max Maintainer')).page;
      const { json } = await client.ask(`/v1/orders/${waiting.snapshots[0]?.orderId}`);
      path = `/transactions/${(json as { order_transaction_id: string }).order_transaction_id}`;
      await follow(page, path);
      panel = page.getByRole('region', { name: 'What to do next' });
      dialog = page.getByRole('dialog');
    });

    /** Beside the first button, or under "More". */
    async function open(name: string): Promise<void> {
      // What can be done with an order is known once it is loaded.
      await page.getByRole('list', { name: 'Activity, newest first' }).waitFor();
      const button = panel.getByRole('button', { name, exact: true });
      if (await button.isVisible()) return button.click();
      await panel.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    }
    const confirm = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
    async function choose(reason: string): Promise<void> {
      await dialog.getByRole('button', { name: 'Reason' }).click();
      await page.getByRole('option', { name: reason }).click();
    }

    test('nobody else sees what can be done', async () => {
      const { page: vera } = await windowOf('Vera Viewer');
      await follow(vera, path);
      await vera.getByRole('list', { name: 'Activity, newest first' }).waitFor();
      expect(await vera.getByRole('button', { name: /^(Book|Reschedule|Cancel)/ }).count()).toBe(0);
    });

    test('an appointment is booked after a refusal, which loses no notes', async () => {
      await open('Book appointment');
      await dialog.getByRole('radio').first().check();
      await dialog.getByLabel(/^Notes/).fill('Enter by the yard');
      expect(await findingsInDialog(page)).toEqual([]);
      const route = 'POST /v3/order/*/psc/appointment/book';
      junction.faults.add({ fault: 'slot_taken', route, times: 1 });
      await confirm('Book');
      await dialog.getByRole('alert').getByText('slot is no longer available').waitFor();
      expect(await dialog.getByLabel(/^Notes/).inputValue()).toBe('Enter by the yard');
      await dialog.getByRole('radio').nth(1).check();
      await confirm('Book');
      await page.getByText('Appointment booked').waitFor();
      const timeline = page.getByRole('list', { name: 'Activity, newest first' });
      await timeline.getByText('Scheduled, Quest').waitFor();
    });

    test('it is moved and cancelled, and can be booked again', async () => {
      await open('Reschedule appointment');
      await dialog.getByRole('radio').nth(2).check();
      await confirm('Reschedule');
      await page.getByText('Appointment rescheduled').waitFor();
      await open('Cancel appointment');
      await choose('Patient is not available');
      await confirm('Cancel appointment');
      await page.getByText('Appointment cancelled').first().waitFor();
      await page.getByRole('button', { name: 'Book again' }).click();
      await dialog.getByRole('radio').first().waitFor();
      await page.keyboard.press('Escape');
    });

    test('the order is cancelled with a reason, and the redraw needs a decision', async () => {
      await open('Cancel order');
      await dialog.getByText('This can’t be undone').waitFor();
      await choose('The patient declined');
      await confirm('Cancel order');
      await page.getByText('Order cancelled').waitFor();
      await panel.getByRole('button', { name: 'Record decision' }).waitFor();
    });
  });
}
