/** A window that notes what no page may do, and whose clock can be let run ahead. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

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
  /** The addresses of the scripts it has loaded. */
  readonly scripts: ReadonlySet<string>;
}

/** A window of its own, nobody signed in. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // What is half faded in is hard to read for a moment, and nobody's fault.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const misdeeds: Misdeeds = { violations: [], errors: [], strangers: [] };
  await context.exposeFunction('tellViolation', (what: string) => misdeeds.violations.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const tell = (globalThis as unknown as { tellViolation(what: string): void }).tellViolation;
      tell(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  // Time runs as it does, and can be let run ahead: see `passTime`.
  await context.clock.install();
  context.on('weberror', (error) => misdeeds.errors.push(String(error.error())));
  const scripts = new Set<string>();
  context.on('request', (request) => {
    const address = request.url();
    if (request.resourceType() === 'script') scripts.add(address);
    if (/^https?:/.test(address) && new URL(address).origin !== new URL(url).origin)
      misdeeds.strangers.push(address);
  });
  return { context, page: await context.newPage(), misdeeds, scripts };
}

/** To an address of the dashboard, as a link in it leads there: without loading everything anew. */
export async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), address);
}

/** Lets the page's clock run ahead of the machine's, past when it asks for everything anew by itself. */
export async function passTime(...pages: Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.clock.fastForward(16_000)));
}

/** All that a window keeps beside its page: what is stored for the address, for the tab, as cookie, database or cache. */
export function keptBy(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const addresses = await Promise.all(
      (await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map(({ url }) => url),
      ),
    );
    const databases = await indexedDB.databases();
    return JSON.stringify([localStorage, sessionStorage, document.cookie, databases, addresses]);
  });
}
