import { describe, expect, test } from 'vitest';
import {
  hasChromium,
  needsChromium,
  openBrowser,
} from '../../../../test/dashboard/browser/opened/chromium.ts';
import { appearance } from '../../page/appearance.ts';

const URL = 'https://page.example';

describe.skipIf(!hasChromium)('in a browser', needsChromium, () => {
  test('measures when an element appears on a page whose policy forbids evaluation', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const headers = { 'content-security-policy': "script-src 'self'", 'content-type': 'text/html' };
      const body = '<h2>Open redraws</h2><script src="/later.js"></script>';
      await page.route(`${URL}/`, (route) => route.fulfill({ headers, body }));
      const later = "setTimeout(() => { document.querySelector('h2').textContent += ' (500)'; }, 100);";
      await page.route(`${URL}/later.js`, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: later }),
      );
      await page.goto(`${URL}/`);
      const first = await appearance(page, { selector: 'h2', text: '' });
      expect(first).toBeGreaterThan(0);
      expect(await appearance(page, { selector: 'h2', text: '(500)' })).toBeGreaterThanOrEqual(100);
    } finally {
      await browser.close();
    }
  });
});
