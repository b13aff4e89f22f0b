/** Chromium for the tests of the dashboard. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import type {} from '../../../skipped-tests.ts';

/**
 * Debian's packages; another one by CHROMIUM. The first is Chromium without the window around the page, which nobody
 * sees here and which costs a third of the time.
 */
const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const EXECUTABLE = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place)) ?? '/usr/bin/chromium';

export const hasChromium = existsSync(EXECUTABLE);

/** Options of tests that need it: why they are skipped, if they are (see SkippedTests). */
export const needsChromium = hasChromium
  ? {}
  : {
      meta: {
        skippedBecause: `there is no Chromium at ${EXECUTABLE}. Install it, or set CHROMIUM to its path.`,
      },
    };

/** Root has no sandbox in a container; the rest keeps Chromium from calling home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

export type Person = 'Olivia Operator' | 'Vera Viewer' | 'Clara Clinician' | 'Max Maintainer';

/** Signs in on the sign-in page. */
export async function signInAs(page: Page, person: Person): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
}

interface AxeScope {
  /** A selector of the part to look at: axe takes seconds for a page with many entries. */
  readonly within?: string | undefined;
  /** The rules to check; all without it. */
  readonly rules?: readonly string[] | undefined;
}

/** axe's findings, one per line. */
export async function axeFindings(page: Page, { within = 'html', rules }: AxeScope = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ selector, only }) => {
      const { axe: loaded } = globalThis as unknown as { axe: typeof axe };
      // Frames, passes and preloaded style sheets take most of axe's time, and no rule here needs them.
      const { violations } = await loaded.run(selector, {
        ...(only && { runOnly: { type: 'rule' as const, values: [...only] } }),
        resultTypes: ['violations'],
        iframes: false,
        preload: false,
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
      );
    },
    { selector: within, only: rules },
  );
}
