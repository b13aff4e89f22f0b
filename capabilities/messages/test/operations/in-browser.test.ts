/** An e-mail in a real browser, on a phone, in light and dark mode. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../../lib/configuration/configuration.ts';
import {
  axeFindings,
  hasChromium,
  needsChromium,
  openBrowser,
} from '../../../../test/dashboard/browser/opened/chromium.ts';
import { configuredMessages } from '../../lib/templates/configured-messages.ts';
import { everythingKnown } from '../../lib/templates/sample-messages.ts';
import { renderEmail } from '../../templates/render.ts';

const configured = configuredMessages(
  readConfiguration({ 'redraw-tracker:messageLink': 'https://portal.example.com/{transaction_id}' }),
);
const choice = { template: 'redraw_available', language: 'es' };
const { html } = renderEmail(configured.templates, choice, everythingKnown(configured.settings));

/** An e-mail is an article in the page of a mail program, which has the landmarks. */
const OF_PAGES = /^(?:landmark-one-main|region):/;

describe.skipIf(!hasChromium)('in a browser', needsChromium, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test.each(['light', 'dark'] as const)(
    'everything is readable on a phone in %s mode',
    async (colorScheme) => {
      const page = await browser.newPage({ viewport: { width: 360, height: 800 }, colorScheme });
      const requested: string[] = [];
      page.on('request', (request) => requested.push(request.url()));
      await page.setContent(html);
      expect((await axeFindings(page)).filter((finding) => !OF_PAGES.test(finding))).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(requested.filter((url) => url.startsWith('http'))).toEqual([]);
      await page.close();
    },
  );
});
