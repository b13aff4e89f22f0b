/** Pages while loading, after errors, and with too much data. */
import type { Page, Route } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings, signInAs } from './opened/chromium.ts';
import { browser, client, deliverRedraw, stack, windowOf } from './opened/setup.ts';
import { follow, passTime, patiently, visit } from './opened/visit.ts';
import { rowsOf } from './working.ts';

const REDRAWS = '**/v1/redraws?*';

export function loadingAndErrors(): void {
  describe('loading and errors', () => {
    let page: Page;

    beforeAll(async () => {
      page = (await windowOf('Olivia Operator')).page;
      await deliverRedraw(3);
      await follow(page, '/');
    });

    // A failed test must not affect the others.
    afterEach(async () => {
      await page.context().setOffline(false);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });

    test('loading until the API answers', async () => {
      const held = Promise.withResolvers<void>();
      await page.route(REDRAWS, async (route) => {
        await held.promise;
        await route.continue();
      });
      await page.reload();
      const loading = page.getByText('Loading the worklist').first();
      await loading.waitFor({ state: 'attached' });
      expect(await page.getByText('Nothing needs you').count()).toBe(0);
      held.resolve();
      await rowsOf(page)
        .getByText(/· Redraw order$/)
        .waitFor();
      expect(await loading.count()).toBe(0);
    });

    test('an error keeps the data, shows a message without data, and disappears after a retry', async () => {
      await page.route(REDRAWS, (route) => route.fulfill({ status: 500, json: { detail: 'Out of order' } }));
      const outdated = page.getByText(/Couldn’t refresh/);
      await patiently(page, outdated);
      expect(await rowsOf(page).count()).toBe(1);
      await page.reload();
      const fault = page.getByText('Couldn’t load the worklist');
      await patiently(page, fault);
      await page.getByText('Out of order').waitFor();
      // The error stays during a retry. This route comes before the failing one, so that no retry succeeds meanwhile.
      const held = Promise.withResolvers<void>();
      const asked = Promise.withResolvers<void>();
      await page.route(REDRAWS, async (route) => {
        asked.resolve();
        await held.promise;
        await route.continue();
      });
      await page.getByRole('button', { name: 'Try again' }).click();
      await asked.promise;
      expect(await fault.isVisible()).toBe(true);
      held.resolve();
      await rowsOf(page).first().waitFor();
      expect(await fault.count()).toBe(0);
    });

    test('a page that could not be loaded leaves the others usable, and loads when it is opened again', async () => {
      const scripts = '**/assets/health-page-*.js';
      await page.route(scripts, (route) => route.abort());
      await follow(page, '/health');
      const notLoaded = page.getByText('Couldn’t load this page');
      await notLoaded.waitFor();
      await follow(page, '/');
      await rowsOf(page).first().waitFor();
      await follow(page, '/health');
      await notLoaded.waitFor();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('button', { name: 'Reload' }).waitFor();
      await page.unroute(scripts);
      await follow(page, '/');
      await rowsOf(page).first().waitFor();
      await follow(page, '/health');
      await page.getByText('Last webhook processed').waitFor();
    });

    test('a page that could not be loaded offline loads by itself when the connection is back', async () => {
      await follow(page, '/');
      await page.context().setOffline(true);
      await follow(page, '/insights');
      await page.getByText('The page loads by itself when the connection is back.').waitFor();
      await page.context().setOffline(false);
      await page.getByText('Redraw rate').first().waitFor();
      await follow(page, '/');
      await rowsOf(page).first().waitFor();
    });

    test('offline, the last data stays with a warning', async () => {
      const warning = page.getByText('You’re offline');
      await page.context().setOffline(true);
      await warning.waitFor();
      expect(await rowsOf(page).count()).toBe(1);
      await page.context().setOffline(false);
      await warning.waitFor({ state: 'detached' });
    });

    test('a rejected token ends the session; the next one continues at the same URL', async () => {
      await follow(page, '/?f=due%3DOverdue');
      await page.route('**/v1/**', (route) =>
        route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer nobody' } }),
      );
      const refused = page.waitForResponse((answer) => answer.status() === 401);
      await passTime(page);
      await refused;
      await page.getByText('Your session has ended').waitFor();
      await page.unroute('**/v1/**');
      await signInAs(page, 'Olivia Operator');
      await page.getByRole('table', { name: 'Worklist' }).waitFor();
      expect(page.url()).toBe(`${stack.url}/?f=due%3DOverdue`);
    });

    test('more redraws than the limit: the first ones before the rest, pages, and a message', async () => {
      const rest = Promise.withResolvers<void>();
      await page.route(REDRAWS, await manyRedraws(1_050, rest.promise));
      await page.goto(stack.url);
      await rowsOf(page).nth(49).waitFor();
      await page.getByText(/^\d+ redraws so far, loading the rest/).waitFor();
      expect(await page.getByRole('button', { name: 'Export CSV' }).isDisabled()).toBe(true);
      rest.resolve();
      await page.getByText('Only the 1,000 most overdue redraws are here.').waitFor({ timeout: 30_000 });
      expect(await rowsOf(page).count()).toBe(50);
      await page
        .getByRole('button', { name: /^Page 2\d$/ })
        .last()
        .click();
      await rowsOf(page).locator('a[href^="/transactions/00009999"]').first().waitFor();
      expect(new URL(page.url()).searchParams.get('page')).toBe('20');
    });

    test('signed out, every URL shows the sign-in only', async () => {
      const { context, page: stranger } = await visit(browser, stack.url);
      const asked: string[] = [];
      stranger.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await stranger.goto(`${stack.url}/health`);
      await stranger.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await axeFindings(stranger)).toEqual([]);
      expect(asked.filter((path) => path.startsWith('/v1/'))).toEqual([]);
      await context.close();
    });

    test('a new tab takes the session of another one, and signing out ends it in all', async () => {
      const { context, page: first } = await visit(browser, stack.url);
      await first.goto(stack.url);
      await signInAs(first, 'Clara Clinician');
      const second = await context.newPage();
      await second.goto(`${stack.url}/orders`);
      await second.getByRole('heading', { name: 'Orders' }).waitFor();
      const copied = await refreshTokenOf(first);
      await first.getByRole('button', { name: 'clara@example.com', exact: true }).click();
      await first.getByText('Sign out').click();
      await second.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await second.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('access_token');
      await first.getByRole('button', { name: 'Sign in' }).waitFor();
      const renewal = { grant_type: 'refresh_token', client_id: 'dashboard', refresh_token: copied };
      expect((await context.request.post(`${stack.url}/oauth2/token`, { form: renewal })).status()).toBe(400);
      await context.close();
    });

    test('input in one tab renews the session of all; without input it ends, and the page says why', async () => {
      const { context, page: first } = await visit(browser, stack.url);
      await first.goto(stack.url);
      await signInAs(first, 'Clara Clinician');
      const second = await context.newPage();
      await second.goto(`${stack.url}/orders`);
      await second.getByRole('heading', { name: 'Orders' }).waitFor();
      const before = await refreshTokenOf(first);
      const renewals: string[] = [];
      context.on('request', (request) => {
        if (request.url().endsWith('/oauth2/token')) renewals.push(request.url());
      });
      await context.clock.fastForward('59:30');
      expect(renewals).toEqual([]);
      const renewed = second.waitForResponse('**/oauth2/token');
      await second.keyboard.press('Shift');
      await renewed;
      await expect.poll(() => refreshTokenOf(first)).not.toBe(before);
      await context.clock.fastForward('01:00:30');
      for (const page of [first, second])
        await page.getByText(/because nobody used the dashboard for 15 minutes/).waitFor();
      expect(renewals).toHaveLength(1);
      await context.close();
    });

    test('without permissions there are no actions, and the API refuses them', async () => {
      const { page: vera } = await windowOf('Vera Viewer');
      await rowsOf(vera).first().waitFor();
      await rowsOf(vera)
        .getByText(/· Redraw order$/)
        .waitFor();
      expect(await vera.getByRole('button', { name: /^(Take|Release|Assign|Log a contact)/ }).count()).toBe(
        0,
      );
      expect(await vera.getByRole('checkbox').count()).toBe(0);
      await follow(vera, '/health');
      await vera.getByText('You can’t see the quarantine').waitFor();
      await follow(vera, '/results');
      await vera.getByText('Your account doesn’t have permission to open results.').waitFor();
      expect(await vera.getByRole('button', { name: /^(Results|PDF) for/ }).count()).toBe(0);
      const [{ id } = { id: '' }] = (await client.pages('/v1/redraws')).flat();
      for (const [method, path] of [
        ['PUT', `/v1/redraws/${id}/acknowledgement`],
        ['GET', `/v1/transactions/${id}/results`],
        ['GET', '/v1/quarantine'],
      ] as const)
        expect([path, await statusAsSignedIn(vera, method, path)]).toEqual([path, 403]);
    });
  });
}

/** Copies of the one redraw, in pages like the API's. The third and later pages wait for `rest`. */
async function manyRedraws(count: number, rest: Promise<void>) {
  const [one] = (await client.pages('/v1/redraws')).flat();
  const id = (index: number) => `${String(index + 9_000).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const all = Array.from({ length: count }, (_, index) => ({ ...one, id: id(index) }));
  return async (route: Route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    if (from > 100) await rest;
    const next = from + 100;
    await route.fulfill({
      json: { transactions: all.slice(from, next), next_cursor: next < count ? String(next) : null },
    });
  };
}

function refreshTokenOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user:')) ?? '';
    return (JSON.parse(sessionStorage.getItem(key) ?? '{}') as { refresh_token: string }).refresh_token;
  });
}

/** The status of a request with the page's own token. */
function statusAsSignedIn(page: Page, method: string, path: string): Promise<number> {
  return page.evaluate(
    async ([method, path]) => {
      const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user:')) ?? '';
      const { access_token } = JSON.parse(sessionStorage.getItem(key) ?? '{}') as { access_token: string };
      const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
      const body = method === 'PUT' ? JSON.stringify({ by: 'Vera', note: null }) : null;
      return (await fetch(path ?? '', { method: method ?? 'GET', headers, body })).status;
    },
    [method, path],
  );
}
