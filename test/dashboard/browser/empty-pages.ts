/** The first visit to a new deployment: what is sent, and what is said of having nothing. */
import { constants, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { signInAs } from './chromium.ts';
import { browser, stack, windowOf } from './scene.ts';
import { follow, visit } from './visit.ts';

/** As sent: the budget of 350 KB. */
const MAX_BYTES = 350 * 1024;

export function nothingYet(): void {
  describe('a new deployment', () => {
    test('the first view takes no more than 350 KB of JavaScript', async () => {
      const one = await visit(browser, stack.url);
      const scripts = new Map<string, Promise<Buffer>>();
      one.page.on('response', (answer) => {
        if (answer.request().resourceType() === 'script') scripts.set(answer.url(), answer.body());
      });
      await one.page.goto(stack.url);
      await signInAs(one.page, 'Vera Viewer');
      await one.page.getByText('No open redraws').waitFor();
      const bodies = await Promise.all(scripts.values());
      expect(bodies.length).toBeGreaterThan(1);
      // The local server sends them plain. CloudFront compresses them by gzip, or for a browser that takes it by Brotli, to less.
      const sent = bodies.map((body) => gzipSync(body, { level: constants.Z_BEST_COMPRESSION }).length);
      expect(sum(sent)).toBeLessThanOrEqual(MAX_BYTES);
      // A page that loads nothing would fit as well.
      expect(sum(sent)).toBeGreaterThan(MAX_BYTES / 4);
      expect(one.misdeeds).toEqual({ violations: [], errors: [], strangers: [] });
      await one.context.close();
    });

    test.each([
      ['/', 'No open redraws'],
      ['/orders', 'There are no orders yet'],
      ['/results', 'There are no results yet'],
      ['/health', 'Nothing in quarantine: every webhook was understood.'],
      ['/health', 'No webhooks in 7 days'],
    ])('%s says: %s', async (address, said) => {
      const { page } = await windowOf('Max Maintainer');
      await follow(page, address);
      await page.getByText(said).waitFor();
    });
  });
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
