/** How people see a page: its width, its theme, and what axe finds in each. */
import type { Page } from 'playwright-core';
import { axeFindings } from './chromium.ts';

const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * A desktop, the same at 200 % zoom, and a phone, whose lists are other elements. What a rule finds depends on the elements,
 * on sizes or on colors. The theme changes colors only.
 */
const APPEARANCES = [
  { width: 1440, height: 844, colorScheme: 'light', rules: undefined },
  { width: 1440, height: 844, colorScheme: 'dark', rules: COLOR_RULES },
  { width: 720, height: 450, colorScheme: 'dark', rules: COLOR_RULES },
  { width: 720, height: 450, colorScheme: 'light', rules: undefined },
  { width: 390, height: 844, colorScheme: 'light', rules: undefined },
  { width: 390, height: 844, colorScheme: 'dark', rules: COLOR_RULES },
] as const;

interface Look {
  /** A selector of the part to look at. */
  readonly within?: string;
  /** Only the appearances of these widths. */
  readonly widths?: readonly number[];
  /** Runs in each appearance before axe. */
  readonly shown?: () => Promise<void>;
}

/** What axe finds in each appearance, one per line. */
export async function findingsEverywhere(page: Page, { within, widths, shown }: Look): Promise<string[]> {
  const found: string[] = [];
  for (const { width, height, colorScheme, rules } of APPEARANCES) {
    if (widths && !widths.includes(width)) continue;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[style*="color-scheme: ${colorScheme}"]`).waitFor();
    await shown?.();
    const findings = await axeFindings(page, { within, rules });
    found.push(...findings.map((one) => `${width}, ${colorScheme}: ${one}`));
  }
  return found;
}

/**
 * What axe finds in the open dialog in each appearance.
 *
 * @param widths only at these: a dialog of a row is gone when its list is rendered again at a different size
 */
export async function findingsInDialog(page: Page, widths?: readonly number[]): Promise<string[]> {
  const size = page.viewportSize();
  const found = await findingsEverywhere(page, {
    within: '[role="dialog"]',
    ...(widths && { widths }),
  });
  if (size) await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}
