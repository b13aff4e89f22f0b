/** A redraw from overdue to completed, in the windows of two users who never reload. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { transactionId } from '../../../tools/verification/oracle/bodies.ts';
import { findingsEverywhere } from './opened/appearances.ts';
import { client, deliverProgress, deliverRedraw, sweepOn, windowOf } from './opened/setup.ts';
import { follow, passTime } from './opened/visit.ts';

let olivia: Page;
let clara: Page;

export const rowsOf = (page: Page) => page.getByRole('table', { name: 'Worklist' }).locator('tbody tr');
const panelOf = (page: Page) => page.getByRole('region', { name: 'What to do next' });
const owner = (page: Page, name: string) => rowsOf(page).getByText(name, { exact: true });
const tab = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name });

export function working(): void {
  describe('two users and a redraw', () => {
    let id: string;

    beforeAll(async () => {
      const [one, other] = await Promise.all([windowOf('Olivia Operator'), windowOf('Clara Clinician')]);
      olivia = one.page;
      clara = other.page;
      // A clinician begins at the clinical inbox.
      await clara.waitForURL('**/results');
      for (const page of [olivia, clara]) await page.getByText('No webhooks yet').waitFor();
      await follow(clara, '/');
      await clara.getByRole('heading', { name: 'Worklist' }).waitFor();
    });

    test('it appears, and asks for more when it is flagged as overdue', async () => {
      id = await deliverRedraw(1);
      await passTime(olivia, clara);
      for (const page of [olivia, clara])
        await rowsOf(page)
          .getByText(/^Overdue .* · Redraw order$/)
          .waitFor();
      expect(await sweepOn(25)).toMatchObject({ flagged: 1 });
      await passTime(olivia);
      await rowsOf(olivia).getByRole('link', { name: 'Ask Junction for the order' }).waitFor();
      await tab(olivia, /^Unassigned 1$/).waitFor();
      await expect.poll(() => olivia.title()).toBe('(1) Worklist · Redraws');
    });

    test('one takes it by a key, the other sees that and takes it over', async () => {
      await olivia.keyboard.press('j');
      await olivia.keyboard.press('m');
      await olivia.getByText('Taken').waitFor();
      await owner(olivia, 'olivia@example.com').waitFor();
      await tab(olivia, /^Mine 1$/).waitFor();
      await passTime(clara);
      await owner(clara, 'olivia@example.com').waitFor();
      await rowsOf(clara).getByText('None').first().click();
      await clara.getByRole('button', { name: 'Take over' }).click();
      await owner(clara, 'clara@example.com').waitFor();
    });

    test('what changed meanwhile is said, and not replaced', async () => {
      await rowsOf(olivia).getByRole('checkbox').check();
      const bar = olivia.getByRole('region', { name: 'Selected rows' });
      await bar.getByRole('button', { name: 'Release' }).click();
      await olivia.getByText(/^clara@example.com .*assigned it to clara@example.com /).waitFor();
      await owner(olivia, 'clara@example.com').waitFor();
      expect(await bar.count()).toBe(0);
    });

    test('a voicemail is logged in the panel by keys, with the next try, and the row waits for it', async () => {
      await olivia.keyboard.press('e');
      const form = olivia.getByRole('group', { name: 'Log a contact' });
      await form.getByRole('radio').first().and(olivia.locator(':focus')).waitFor();
      await olivia.keyboard.press('2');
      expect(await form.getByRole('radio', { name: 'Left a voicemail' }).isChecked()).toBe(true);
      await form.getByRole('radio', { name: 'Tomorrow' }).check();
      await form.getByLabel('Day and time').fill(fieldOf(tomorrowAt(17)));
      await form.getByRole('textbox', { name: 'Note' }).fill('Asked to call back');
      expect(await findingsEverywhere(olivia, { widths: [1440], within: '.handling-form' })).toEqual([]);
      await olivia.keyboard.press('Control+Enter');
      await olivia.getByText('Left a voicemail: saved').waitFor();
      await tab(olivia, /^All 0$/).waitFor();
      await olivia.getByRole('button', { name: '1 hidden until its follow-up' }).click();
      await rowsOf(olivia).getByText('5:00 PM').waitFor();
      const { json } = await client.ask(`/v1/transactions/${id}`);
      expect(json).toMatchObject({
        contact: { kind: 'voicemail', tries: 1 },
        assignment: {
          assignee: 'clara@example.com',
          follow_up_at: tomorrowAt(17).toISOString().replace('Z', '000Z'),
        },
      });
    });

    test('it is undone: the contact, and the row is back', async () => {
      await olivia.getByRole('button', { name: 'Undo' }).first().click();
      await olivia.getByText('Undone', { exact: true }).waitFor();
      await tab(olivia, /^All 1$/).click();
      await rowsOf(olivia).getByText('5:00 PM').waitFor({ state: 'detached' });
      const { json } = await client.ask(`/v1/transactions/${id}`);
      expect(json).toMatchObject({ contact: null, assignment: { follow_up_at: null } });
    });

    test('progress changes what to do, and completion takes it off the list', async () => {
      await deliverProgress(1, 11, 'requisition_created', 26);
      await passTime(olivia, clara);
      for (const page of [olivia, clara])
        await rowsOf(page)
          .getByText(/· Appointment or draw$/)
          .waitFor();
      // The owner stays.
      await owner(olivia, 'clara@example.com').waitFor();
      await deliverProgress(1, 11, 'completed', 27);
      await passTime(olivia, clara);
      for (const page of [olivia, clara]) await page.getByText('Nothing needs you').waitFor();
    });

    test('a cancelled redraw needs a decision, which is chosen', async () => {
      await deliverRedraw(6);
      await deliverProgress(6, 16, 'cancelled', 20);
      await passTime(olivia);
      await follow(olivia, '/?show=decisions');
      await rowsOf(olivia)
        .getByText(/^The redraw was cancelled/)
        .click();
      await panelOf(olivia).getByRole('button', { name: 'Record decision' }).click();
      const dialog = olivia.getByRole('dialog', { name: 'Record decision' });
      const submit = dialog.getByRole('button', { name: 'Record decision', exact: true });
      expect(await submit.getAttribute('aria-disabled')).toBe('true');
      await dialog.getByRole('radio', { name: 'New order' }).check();
      await dialog.getByRole('textbox').fill('Quest, fasting');
      await submit.click();
      await olivia.getByText('Decision recorded').waitFor();
      await rowsOf(olivia)
        .getByText(/^The redraw was cancelled/)
        .waitFor({ state: 'detached' });
      const { json } = await client.ask(`/v1/transactions/${transactionId(6)}`);
      expect(json).toMatchObject({
        decision: { acknowledgement: { decided: 'new_order', note: 'Quest, fasting' } },
      });
    });
  });
}

/** On the clock of the browser, which has the time zone of this machine. */
function tomorrowAt(hour: number): Date {
  const time = new Date();
  time.setDate(time.getDate() + 1);
  time.setHours(hour, 0, 0, 0);
  return time;
}

function fieldOf(time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
