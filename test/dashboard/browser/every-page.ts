/** Every page: the content security policy holds, axe finds nothing, injected text is inert, no patient data shows. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  USER,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { patientDataIn } from '../../patient-data.ts';
import { findingsEverywhere } from './opened/appearances.ts';
import { axeFindings } from './opened/chromium.ts';
import { client, deliverOrder, deliverText, stack, sweepOn, untilListed, windowOf } from './opened/setup.ts';
import { follow, type Visit } from './opened/visit.ts';

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}';
const HOSTILE_ORDER = 4;

type View = readonly [address: string, heading: RegExp, arrived: string];

/** Every page, with what shows that it has loaded. Lists are short where possible: axe checks every cell. */
function views(cursor: string, withAppointments: string): View[] {
  const link = 'a[href^="/transactions/"]';
  return [
    ['/', /worklist/i, link],
    [`/orders?cursor=${cursor}`, /orders/i, link],
    [`/orders?user=${encodeURIComponent(HOSTILE)}`, /orders/i, link],
    ['/results?show=abnormal', /clinical inbox/i, link],
    [`/transactions/${transactionId(HOSTILE_ORDER)}`, /./, 'time'],
    [`/transactions/${withAppointments}`, /./, 'time'],
    [`/transactions/${transactionId(999)}`, /transaction/i, 'h1'],
    [`/search?q=${USER}`, /^search/i, link],
    [`/search?q=${encodeURIComponent(`${HOSTILE} `)}`, /./, 'h1'],
    ['/health', /health/i, '[role="application"]'],
    ['/insights', /insights/i, 'table'],
    ['/message-templates', /message templates/i, 'h2'],
    ['/nowhere', /page not found/i, 'h1'],
  ];
}

export function everyPage(): void {
  describe('every page', () => {
    let every: View[] = [];

    beforeAll(async () => {
      await deliverOrder(hostileOrder());
      expect(await deliverText(JSON.stringify(hostileReview))).toBe('applied');
      await untilListed([orderId(HOSTILE_ORDER)]);
      await sweepOn(25);
      const { next_cursor } = (await client.ask('/v1/transactions?limit=50')).json as { next_cursor: string };
      const [told] = (await client.pages('/v1/transactions', { outcome: 'redraw_in_progress' })).flat();
      every = views(next_cursor, told?.id ?? '');
    });

    test('is accessible and runs no injected code, in both themes', async () => {
      const one = await windowOf('Max Maintainer');
      const dialogs: string[] = [];
      one.page.on('dialog', (dialog) => dialogs.push(dialog.message()));
      for (const view of every) await look(one, view);
      await lookBeside(one);
      await printInsights(one);
      expect(dialogs).toEqual([]);
    }, 120_000);

    test('the local inbox is accessible', async () => {
      const { page, context } = await windowOf('Max Maintainer');
      const tab = await context.newPage();
      await tab.goto(`${stack.url}/inbox`);
      await tab.locator('article').first().waitFor();
      expect(await axeFindings(tab)).toEqual([]);
      await tab.close();
      await page.bringToFront();
    });
  });
}

/** Every figure keeps its label on paper. */
async function printInsights({ page }: Visit): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await follow(page, '/insights');
  await page.emulateMedia({ media: 'print' });
  for (const label of ['Redraw rate', 'Closed with complete results', 'Cancelled'])
    await page.locator('dt', { hasText: label }).first().waitFor();
  await page.emulateMedia({ media: 'screen' });
}

/** A match review and a stalled order are rows of the worklist, with their panel beside it. */
async function lookBeside({ page }: Visit): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await follow(page, '/?f=type%3DMatch+review');
  await page.getByRole('button', { name: 'Decide at Junction: whose result?' }).first().click();
  await page.getByText('Junction couldn’t match a result to an order.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close panel' }).click();
  await follow(page, '/?f=type%3DStalled+order');
  await page
    .getByText(/^Stalled \d/)
    .first()
    .click();
  await page.getByRole('region', { name: 'What to do next' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close panel' }).click();
}

async function look({ page }: Visit, [path, heading, arrived]: View): Promise<void> {
  await follow(page, path);
  const shown = async () => {
    await page.locator('h1', { hasText: heading }).first().waitFor();
    await page.locator('main').locator(arrived).first().waitFor();
  };
  expect(await findingsEverywhere(page, { shown }), path).toEqual([]);
  expect(await page.locator('main img[src="x"], main script').count(), path).toBe(0);
  expect(patientDataIn(await page.content()), path).toEqual([]);
}

const hostileReview = {
  event_type: 'labtest.match_review.created',
  team_id: TEAM,
  data: { id: HOSTILE, status: 'pending_customer_review', decision_code: HOSTILE },
};

/** An order with hostile text in every field that Junction fills. */
function hostileOrder() {
  const n = HOSTILE_ORDER;
  return walkIn(n, [event(1, 'ordered', march(1)), event(2, HOSTILE, march(2))], {
    user_id: HOSTILE,
    client_user_id: HOSTILE,
    lab_test: { id: '5a000000-0000-4000-8000-000000000001', name: HOSTILE, slug: HOSTILE },
    order_transaction: transaction(n, HOSTILE, [listed(n, HOSTILE, march(2), { origin: HOSTILE })]),
  });
}
