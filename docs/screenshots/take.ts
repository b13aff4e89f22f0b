/**
 * Takes the pictures of the dashboard: `npm run screenshots`. Those in README.md and docs/dashboard.md are saved here, beside
 * their source, as in docs/events. The others are saved in .screenshots/, which git ignores.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { hasChromium, openBrowser, signInAs } from '../../test/dashboard/browser/opened/chromium.ts';
import { hasClock } from './clock.ts';
import { everyView, type View } from './views.ts';
import { liveThroughWeeks } from './weeks.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const ALL = join(REPOSITORY, '.screenshots');
const SHOWN = new Set([
  'worklist-light-1440',
  'worklist-dark-390',
  'transaction-light-1440',
  'health-dark-1440',
]);
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

if (!hasChromium)
  giveUp('Install Chromium (Debian: apt-get install chromium), or set CHROMIUM to the path of one.');
if (!hasClock)
  giveUp(
    'Install libfaketime (Debian: apt-get install libfaketime), or set FAKETIME to the path of the library.',
  );
await run();

async function run(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'redraw-tracker-screenshots-'));
  mkdirSync(ALL, { recursive: true });
  try {
    console.log('Simulating six weeks of a clinic:');
    const stack = await liveThroughWeeks(data, console.log);
    try {
      await takeAll(stack.url, everyView(stack.example));
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function takeAll(url: string, views: readonly View[]): Promise<void> {
  const browser = await openBrowser();
  try {
    for (const theme of THEMES) {
      for (const size of SIZES) await takeEach(browser, url, views, theme, size);
    }
  } finally {
    await browser.close();
  }
}

async function takeEach(
  browser: Browser,
  url: string,
  views: readonly View[],
  theme: (typeof THEMES)[number],
  size: (typeof SIZES)[number],
): Promise<void> {
  const context = await browser.newContext({ colorScheme: theme, viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const take = async (name: string) => {
    const picture = `${name}-${theme}-${size.width}`;
    const path = join(SHOWN.has(picture) ? import.meta.dirname : ALL, `${picture}.png`);
    await page.screenshot({ path });
    console.log(`  ${relative(REPOSITORY, path)}`);
  };
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await take('signed-out');
  await signInAs(page, 'Max Maintainer');
  for (const { name, path, act } of views) {
    await page.goto(url + path);
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await loaded(page);
    await take(name);
  }
  await context.close();
}

/** Waits until nothing is loading. On a busy machine, a part of the page can be late although no request is running. */
async function loaded(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  const loading = page.getByText(/^Loading/).filter({ visible: true });
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'hidden' });
}

function giveUp(reason: string): never {
  console.error(reason);
  process.exit(1);
}
