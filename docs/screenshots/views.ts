/** Every view of the dashboard, for a user with all permissions. */
import type { Page } from 'playwright-core';

export interface View {
  readonly name: string;
  readonly path: string;
  /** What to do on the page before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

/** @param id of a transaction with an open redraw that has an order */
export function everyView(id: string): readonly View[] {
  return [
    { name: 'worklist', path: '/' },
    { name: 'orders', path: '/orders' },
    { name: 'inbox', path: '/results' },
    { name: 'inbox-results', path: '/results', act: openResults },
    { name: 'transaction', path: `/transactions/${id}` },
    { name: 'insights', path: '/insights' },
    { name: 'search', path: '/search?q=00000000-0000-4000-8000-000000000000' },
    { name: 'health', path: '/health?days=30' },
  ];
}

async function openResults(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /: results for/ })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('table').waitFor();
}
