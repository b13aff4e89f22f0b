/** A window that records forbidden actions of its page, and has a clock that can be advanced. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** What no page may do. */
export interface Problems {
  /** Violations of the content security policy. */
  readonly violations: string[];
  /** Uncaught errors. */
  readonly errors: string[];
  /** Requests to other origins. */
  readonly foreignRequests: string[];
}

/** What the first view is made of. */
const LOADED = ['script', 'stylesheet', 'font'] as const;

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly problems: Problems;
  /** The addresses of the scripts, styles and fonts it has loaded. */
  readonly loaded: Readonly<Record<(typeof LOADED)[number], ReadonlySet<string>>>;
}

/** A new window, signed out. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // axe would report the contrast of elements that are fading in.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const problems: Problems = { violations: [], errors: [], foreignRequests: [] };
  await context.exposeFunction('tellViolation', (what: string) => problems.violations.push(what));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const tell = (globalThis as unknown as { tellViolation(what: string): void }).tellViolation;
      tell(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  // Time runs as usual; `passTime` advances it.
  await context.clock.install();
  context.on('weberror', (error) => problems.errors.push(String(error.error())));
  const loaded = { script: new Set<string>(), stylesheet: new Set<string>(), font: new Set<string>() };
  context.on('request', (request) => {
    const address = request.url();
    const kind = LOADED.find((one) => one === request.resourceType());
    if (kind) loaded[kind].add(address);
    if (/^https?:/.test(address) && new URL(address).origin !== new URL(url).origin)
      problems.foreignRequests.push(address);
  });
  return { context, page: await context.newPage(), problems, loaded };
}

/** Navigates like a link in the dashboard: without a page load. */
export async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), address);
}

/** Advances the clocks of the pages past their next refresh. */
export async function passTime(...pages: Page[]): Promise<void> {
  await Promise.all(pages.map((page) => page.clock.fastForward(16_000)));
}

/** Advances the clock until `what` is visible, so that retries happen at once. */
export async function patiently(page: Page, what: Locator): Promise<void> {
  while (!(await what.isVisible())) await page.clock.fastForward(2_500);
}

/** Everything a window stores: local and session storage, cookies, databases and caches. */
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
