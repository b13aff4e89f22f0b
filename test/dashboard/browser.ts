/** A real Chromium for the tests of the dashboard, as somebody would sit before it. */
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

/** Debian's package; another one by CHROMIUM. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const hasChromium = existsSync(EXECUTABLE);
if (!hasChromium) {
  console.warn(
    `No Chromium at ${EXECUTABLE}: the dashboard is not tried in a browser. Install it, or set CHROMIUM.`,
  );
}

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

/** What a page did that no page may. */
export interface Misdeeds {
  /** Of the content security policy. */
  readonly violations: string[];
  /** Errors that nobody caught. */
  readonly errors: string[];
  /** Addresses of other origins that were asked. */
  readonly strangers: string[];
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly misdeeds: Misdeeds;
}

/** A window of its own, nobody signed in. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const misdeeds: Misdeeds = { violations: [], errors: [], strangers: [] };
  await context.exposeFunction('tellViolation', (what: string) => misdeeds.violations.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const tell = (globalThis as unknown as { tellViolation(what: string): void }).tellViolation;
      tell(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  context.on('weberror', (error) => misdeeds.errors.push(String(error.error())));
  context.on('request', (request) => {
    const address = request.url();
    if (/^https?:/.test(address) && new URL(address).origin !== new URL(url).origin)
      misdeeds.strangers.push(address);
  });
  return { context, page: await context.newPage(), misdeeds };
}

/** Goes to the address and signs in there. */
export async function signInAs(page: Page, person: Person, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: person }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
}

/** What axe finds wrong, as lines to read. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
  );
}
