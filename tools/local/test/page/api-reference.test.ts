import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  axeFindings,
  hasChromium,
  needsChromium,
  openBrowser,
} from '../../../../test/dashboard/browser/opened/chromium.ts';
import type { HttpRequest } from '../../http/http-event.ts';
import { apiReferenceResponse } from '../../page/api-reference.ts';

const OPENAPI = new URL('../../../../docs/openapi/openapi.json', import.meta.url);
const get = (url: string, method = 'GET') => apiReferenceResponse({ method, url } as HttpRequest);

/** The reference and the OpenAPI document. */
async function serve(): Promise<string> {
  const server = createServer(async (request, response) => {
    if (request.url === '/openapi.json') return response.end(readFileSync(OPENAPI));
    const answer = await get(request.url ?? '/');
    response.writeHead(answer?.status ?? 404, answer?.headers ?? {}).end(answer?.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('it answers only for its own paths', async () => {
  expect((await get('/api'))?.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(await get('/api/nothing')).toBeUndefined();
  expect(await get('/api/toString')).toBeUndefined();
  expect(await get('/apis')).toBeUndefined();
  expect(await get('/api', 'POST')).toBeUndefined();
});

test.skipIf(!hasChromium)(
  'it shows every route in a browser, without a violation of its content security policy',
  { ...needsChromium, timeout: 30_000 },
  async () => {
    const { paths } = JSON.parse(readFileSync(OPENAPI, 'utf8')) as { paths: Record<string, object> };
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods));
    const url = await serve();
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${url}/api`);
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.opblock').count()).toBe(operations.length);
    // Details and their schemas render on demand.
    await page.locator('.opblock-summary-control').first().click();
    await page.locator('.opblock-body .responses-table').first().waitFor();
    expect(errors).toEqual([]);
    // The markup is Swagger UI's, the colors are ours.
    expect(await axeFindings(page, { rules: ['color-contrast'] })).toEqual([]);
  },
);
