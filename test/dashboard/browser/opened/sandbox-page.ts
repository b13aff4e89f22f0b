/** The page of the sandbox: journeys start, time moves, deliveries break, and every request shows. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SANDBOX_API_KEY, type Sandbox } from '../../../../tools/sandbox/server.ts';
import { axeFindings } from './chromium.ts';
import { type Visit, visit } from './visit.ts';

/** @param scene the browser and the sandbox, once they have started */
export function sandboxPage(scene: () => { browser: Browser; junction: Sandbox }): void {
  describe("the sandbox's page", () => {
    let one: Visit;
    let endpoint: Server;
    const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
    const journey = async (page: Page, script: string): Promise<void> => {
      const form = page.locator('section', { has: page.getByRole('heading', { name: 'Start a journey' }) });
      await form.getByRole('combobox', { name: 'Journey' }).selectOption(script);
      await form.getByRole('button', { name: 'Start' }).click();
      await page.getByRole('status').getByText('Journey started').waitFor();
    };

    beforeAll(async () => {
      endpoint = createServer((_, response) => void response.end('{"outcome":"applied"}')).listen(
        0,
        '127.0.0.1',
      );
      await once(endpoint, 'listening');
      const { browser, junction } = scene();
      one = await visit(browser, junction.url, {
        viewport: { width: 390, height: 844 },
        colorScheme: 'dark',
      });
      await one.page.goto(junction.url);
    });
    afterAll(async () => {
      await one?.context.close();
      endpoint?.close();
    });

    test('a journey starts, and its webhooks are delivered as time moves', async () => {
      const { page } = one;
      const { port } = endpoint.address() as AddressInfo;
      await page.getByLabel('URL').fill(`http://127.0.0.1:${port}/`);
      await page.getByLabel('Secret').fill('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD');
      await page.getByRole('button', { name: 'Set and enable' }).click();
      await page.getByRole('status').getByText('Endpoint set').waitFor();
      await journey(page, 'redraw_never_ordered');
      for (const _ of [1, 2]) {
        await page.getByRole('button', { name: '+7 days' }).click();
        await page.getByRole('status').getByText('It is now').waitFor();
      }
      const sent = section(page, 'Webhooks sent')
        .getByRole('row')
        .filter({ hasText: 'labtest.order.updated' });
      await sent.filter({ hasText: 'delivered' }).first().waitFor();
      // The oldest row stays the last one while newer webhooks arrive above it.
      const redraw = sent.filter({ hasText: '"low_level_status": "redraw_available"' }).last();
      await redraw.getByText('Show').click();
      await redraw.getByText('"low_level_status": "redraw_available"').first().waitFor();
    });

    test('deliveries break and recover, and requests show', async () => {
      const { page } = one;
      const breaking = page.locator('section', {
        has: page.getByRole('heading', { name: 'Break deliveries' }),
      });
      await breaking.getByLabel('Fault').selectOption('unreachable');
      await breaking.getByRole('button', { name: 'Break', exact: true }).click();
      await breaking.getByText('unreachable: applied 0 times').waitFor();
      await journey(page, 'walk_in_waiting');
      await section(page, 'Webhooks sent')
        .getByRole('row')
        .filter({ hasText: 'no answer' })
        .first()
        .waitFor();
      await breaking.getByRole('button', { name: 'Remove delivery-fault-1' }).click();
      await page.getByRole('status').getByText('delivery-fault-1 removed').waitFor();
      await page.getByRole('button', { name: '+1 day' }).click();
      await page.getByText('failing since').waitFor({ state: 'detached' });
      const headers = { 'x-vital-api-key': SANDBOX_API_KEY };
      const ask = (name: string) =>
        fetch(`${scene().junction.url}/v3/orders?size=1&patient_name=${name}`, { headers });
      const received = (name: string) =>
        section(page, 'Requests received').getByRole('row').filter({ hasText: name });
      await ask('nobody-here');
      await received('nobody-here').filter({ hasText: '200' }).waitFor();
      // The row keeps its place, its text and the focus when others arrive.
      await received('nobody-here').getByText('Show').click();
      await ask('nor-here');
      await received('nor-here').waitFor();
      await received('nobody-here').locator('details[open] summary:focus').waitFor();
      expect(await received('nor-here').locator('details[open]').count()).toBe(0);
    });

    test('it is accessible and fits a phone, light and dark, and breaks no policy', async () => {
      const { page, problems } = one;
      const isTooWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect(await isTooWide()).toBe(false);
      expect(await axeFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1440, height: 900 });
      expect(await axeFindings(page)).toEqual([]);
      expect(problems).toEqual({ violations: [], errors: [], foreignRequests: [] });
    });
  });
}
