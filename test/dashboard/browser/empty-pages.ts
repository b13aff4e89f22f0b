/** A new deployment: the size of the first view, and empty pages. */
import { constants, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { windowOf } from './opened/setup.ts';
import { follow } from './opened/visit.ts';

/** Of what the first view loads, compressed. */
const MAX_BYTES = { script: 335 * 1024, stylesheet: 96 * 1024, font: 52 * 1024 };

export function emptyPages(): void {
  describe('a new deployment', () => {
    test('the first view takes no more than 335 KB of JavaScript, 96 KB of styles and 52 KB of fonts', async () => {
      const { page, loaded } = await windowOf('Vera Viewer');
      await page.getByText('No webhooks yet').waitFor();
      for (const kind of ['script', 'stylesheet', 'font'] as const) {
        const bodies = await Promise.all([...loaded[kind]].map(bodyOf));
        // The local server doesn't compress; CloudFront does, with gzip or better.
        const sent = bodies.map((body) => gzipSync(body, { level: constants.Z_BEST_COMPRESSION }).length);
        expect(sum(sent), kind).toBeLessThanOrEqual(MAX_BYTES[kind]);
        // Guards against measuring nothing.
        expect(sum(sent), kind).toBeGreaterThan(MAX_BYTES[kind] / 4);
      }
    });

    test.each([
      ['/', 'No webhooks yet'],
      ['/orders', 'No orders yet'],
      ['/results', 'No webhooks yet'],
      ['/results?reviewed=any', 'Ask your administrator to add the webhook endpoint'],
      ['/insights', 'Nothing to count yet'],
      ['/insights', 'Ask your administrator to add the webhook endpoint'],
      ['/search?q=patient-1042', 'Ask your administrator to add the webhook endpoint'],
      ['/?show=decisions', 'No webhooks yet'],
      ['/health', 'No webhooks are waiting.'],
      ['/health', 'No webhooks in the last 7 days'],
    ])('%s says: %s', async (address, said) => {
      const { page } = await windowOf('Max Maintainer');
      await follow(page, address);
      await page.getByText(said).waitFor();
    });
  });
}

async function bodyOf(address: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(address)).arrayBuffer());
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
