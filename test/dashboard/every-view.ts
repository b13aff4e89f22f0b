/** What holds on every page: the policy is kept, axe finds nothing, hostile text is inert, no patient shows. */
import { beforeAll, describe, expect, test } from 'vitest';
import { event, listed, march, transaction, transactionId, walkIn } from '../oracle/bodies.ts';
import { axeFindings, signInAs, type Visit, visit } from './browser.ts';
import { browser, hear, hearJourneys, hearRedraw, stack, sweepOn } from './scene.ts';

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}';
const CANARY = 'Canary Patientname';

/** Every address there is, with a heading that shows it has arrived. */
const VIEWS: readonly (readonly [string, string, RegExp])[] = [
  ['worklist', '/', /redraws|worklist/i],
  ['orders', '/orders', /orders/i],
  ['results', '/results', /results/i],
  ['a transaction', `/transactions/${transactionId(3)}`, /transaction/i],
  ['a transaction that is not there', `/transactions/${transactionId(999)}`, /./],
  ['search', `/search?q=${encodeURIComponent(HOSTILE)}`, /./],
  ['health', '/health', /health/i],
  ['no page', '/nowhere', /no such page/i],
];

export function everyView(): void {
  describe('every view', () => {
    beforeAll(async () => {
      await hearJourneys(7, 40);
      await hearRedraw(3, {
        client_user_id: HOSTILE,
        user_id: HOSTILE,
        patient_details: { first_name: CANARY, last_name: CANARY },
        lab_test: { id: '5a000000-0000-4000-8000-000000000001', name: HOSTILE, slug: HOSTILE },
      });
      await hear(hostileOrder());
      await sweepOn(25);
    }, 120_000);

    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 390]) {
        test(`is inert, accessible and within its policy: ${colorScheme}, ${width} pixels`, async () => {
          const options = { colorScheme, viewport: { width, height: 844 } };
          const one = await visit(browser, stack.url, options);
          await signInAs(one.page, 'Max Maintainer', stack.url);
          for (const [name, path, heading] of VIEWS) await look(one, name, path, heading);
          expect(one.misdeeds).toEqual({ violations: [], errors: [], strangers: [] });
          await one.context.close();
        }, 120_000);
      }
    }
  });
}

async function look({ page }: Visit, name: string, path: string, heading: RegExp): Promise<void> {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  await page.goto(stack.url + path);
  await page.getByRole('heading', { level: 1, name: heading }).first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.locator('main img[src="x"], main script').count(), name).toBe(0);
  expect(await page.locator('body').innerText(), name).not.toContain(CANARY);
  expect(await axeFindings(page), name).toEqual([]);
  expect(dialogs, name).toEqual([]);
}

/** Everything in it that Junction may fill with words. */
function hostileOrder() {
  return walkIn(2, [event(1, 'ordered', march(1)), event(2, HOSTILE, march(2))], {
    client_user_id: HOSTILE,
    order_transaction: transaction(2, HOSTILE, [listed(2, HOSTILE, march(2), { origin: HOSTILE })]),
  });
}
