/** The dashboard in a real browser, against the whole stack. The parts build on one another: at first there is nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { journey, journeys } from '../../sandbox/journeys.ts';
import { hasChromium } from './browser.ts';
import { byKeyboard } from './by-keyboard.ts';
import { everyView } from './every-view.ts';
import { finding } from './finding.ts';
import { health, history } from './health.ts';
import { nothingYet } from './nothing-yet.ts';
import { results } from './results.ts';
import { allMisdeeds, closeScene, hearJourneys, openScene } from './scene.ts';
import { states } from './states.ts';
import { takingCare } from './taking-care.ts';

const MARKER = 'Canaria-Quetzalcoatl';
/** More than a page of them. */
const told = journeys(7, 52, { patient: { marker: MARKER } });
const withResults = journey('redraw_completed', 5);

describe.skipIf(!hasChromium)('in a browser', { timeout: 60_000 }, () => {
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
    everyView(MARKER);
    history();
  });

  test('none of these pages broke its policy, threw an error or asked another origin', async () => {
    const clean = { violations: [], errors: [], strangers: [] };
    for (const misdeeds of await allMisdeeds()) expect(misdeeds).toEqual(clean);
  });
});
