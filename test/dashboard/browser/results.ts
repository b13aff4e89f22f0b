/** Results, fetched from Junction on demand. */
import { describe, expect, test } from 'vitest';
import type { Journey } from '../../../sandbox/journeys/journeys.ts';
import { client, windowOf } from './setup.ts';
import { follow } from './visit.ts';

/** @param of a journey with all its results */
export function results(of: Journey): void {
  describe('results', () => {
    test('a clinician opens the combined results and their PDF', async () => {
      const { page, context } = await windowOf('Clara Clinician');
      const order = of.snapshots.findLast(({ orderId }) => orderId !== null)?.orderId;
      const found = (await client.ask(`/v1/search?q=${order}`)).json as { transactions: { id: string }[] };
      const id = found.transactions[0]?.id ?? '';
      const report = (await client.ask(`/v1/transactions/${id}/results`)).json as {
        results: { name: string; result: string }[];
      };
      expect(report.results.length).toBeGreaterThan(2);

      await follow(page, '/results?show=complete');
      await page.getByRole('button', { name: `Results for transaction ${id.slice(0, 8)}` }).click();
      const dialog = page.getByRole('dialog', { name: /^Results for transaction/ });
      for (const { name, result } of report.results)
        await dialog.getByRole('row').filter({ hasText: name }).filter({ hasText: result }).first().waitFor();

      const answer = page.waitForResponse('**/results.pdf');
      const opened = context.waitForEvent('page');
      await dialog.getByRole('button', { name: /^PDF for transaction/ }).click();
      expect((await (await answer).allHeaders())['content-type']).toBe('application/pdf');
      await (await opened).close();
      await dialog.getByRole('button', { name: 'Close', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    });
  });
}
