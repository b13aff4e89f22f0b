/** The dashboard in a real browser, against the whole stack. The parts build on one another: at first there is nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { journey, journeys } from '../../sandbox/journeys/journeys.ts';
import { MARKED, patientDataIn } from '../patient-data.ts';
import { takingCare } from './browser/acknowledging.ts';
import { hasChromium, withoutChromium } from './browser/chromium.ts';
import { nothingYet } from './browser/empty-pages.ts';
import { everyView } from './browser/every-page.ts';
import { health, history } from './browser/health.ts';
import { byKeyboard } from './browser/keyboard.ts';
import { finding } from './browser/lists-and-search.ts';
import { states } from './browser/loading-and-errors.ts';
import { results } from './browser/results.ts';
import { allVisits, closeScene, hearJourneys, openScene } from './browser/scene.ts';
import { keptBy } from './browser/visit.ts';

/** More than a page of them. */
const told = journeys(7, 52, MARKED);
const withResults = journey('redraw_completed', 5, MARKED);

describe.skipIf(!hasChromium)('in a browser', { timeout: 60_000, meta: withoutChromium }, () => {
  beforeAll(openScene, 180_000);
  afterAll(closeScene);

  nothingYet();
  takingCare();
  states();
  byKeyboard();
  describe('with many orders', () => {
    beforeAll(() => hearJourneys([...told, withResults]), 120_000);

    finding();
    health();
    results(withResults);
    everyView();
    history();
  });

  test('none of these pages broke its policy, threw an error or asked another origin', async () => {
    const clean = { violations: [], errors: [], strangers: [] };
    for (const { misdeeds } of await allVisits()) expect(misdeeds).toEqual(clean);
  });

  test('none of these windows keeps anything of a patient, results that were looked at neither', async () => {
    const kept = await Promise.all((await allVisits()).map(({ page }) => keptBy(page)));
    expect(kept.join()).toContain('access_token');
    expect(kept.flatMap(patientDataIn)).toEqual([]);
  });
});
