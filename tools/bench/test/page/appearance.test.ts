import { describe, expect, test } from 'vitest';
import {
  hasChromium,
  needsChromium,
  openBrowser,
} from '../../../../test/dashboard/browser/opened/chromium.ts';
import { appearance } from '../../page/appearance.ts';

const URL = 'https://page.example';

/** The part of a browser's globals that is used here. */
interface Browsing {
  readonly document: { querySelector(selector: string): { textContent: string } };
}

describe.skipIf(!hasChromium)('in a browser', needsChromium, () => {
  test('measures when an element appears on a page whose policy forbids evaluation', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const headers = { 'content-security-policy': "script-src 'self'", 'content-type': 'text/html' };
      await page.route(`${URL}/`, (route) => route.fulfill({ headers, body: '<h2>Open redraws</h2>' }));
      await page.goto(`${URL}/`);
      const first = await appearance(page, { selector: 'h2', text: '' });
      const second = appearance(page, { selector: 'h2', text: '(500)' });
      const changed = await page.evaluate(() => {
        const now = performance.now();
        (globalThis as unknown as Browsing).document.querySelector('h2').textContent += ' (500)';
        return now;
      });
      const now = () => page.evaluate(() => performance.now());
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThanOrEqual(changed);
      expect(await second).toBeGreaterThanOrEqual(changed);
      expect(await second).toBeLessThanOrEqual(await now());
    } finally {
      await browser.close();
    }
  });
});
