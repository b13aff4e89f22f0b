/** The dashboard in a real browser against the whole stack. The parts build on each other: the first starts without data. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Script } from '../../tools/sandbox/journeys/catalogue.ts';
import { journey } from '../../tools/sandbox/journeys/journeys.ts';
import { MARKED, patientDataIn } from '../patient-data.ts';
import { emptyPages } from './browser/empty-pages.ts';
import { everyPage } from './browser/every-page.ts';
import { health, history } from './browser/health.ts';
import { journeys } from './browser/journeys.ts';
import { listsAndSearch } from './browser/lists-and-search.ts';
import { loadingAndErrors } from './browser/loading-and-errors.ts';
import { hasChromium, needsChromium } from './browser/opened/chromium.ts';
import { sandboxPage } from './browser/opened/sandbox-page.ts';
import {
  allVisits,
  browser,
  deliverJourneys,
  deliverPageOfOrders,
  junction,
  setUp,
  tearDown,
} from './browser/opened/setup.ts';
import { keptBy } from './browser/opened/visit.ts';
import { ordering } from './browser/ordering.ts';
import { owning } from './browser/owning.ts';
import { patientMessages } from './browser/patient-messages.ts';
import { results } from './browser/results.ts';
import { working } from './browser/working.ts';

/** Journeys that leave every outcome, a redraw at each step, and the other modalities. */
const SCRIPTS: readonly Script[] = [
  'walk_in_completed_with_missing_results',
  'walk_in_critical',
  'walk_in_cancelled',
  'walk_in_sample_error',
  'at_home_completed',
  'on_site_completed',
  'testkit_lost',
  'redraw_never_ordered',
  'redraw_stalled_without_requisition',
  'redraw_stalled_after_appointment',
  'redraw_stalled_after_partial_results',
  'redraw_completed_with_missing_results',
  'redraw_recreated',
];
const different = SCRIPTS.map((script) => journey(script, 7, MARKED));
// Its patient has a phone number that a message can go to.
const waiting = journey('redraw_stalled_without_requisition', 8);
// Junction books at centers of its lab, near the ZIP code of its patient.
const unbooked = journey('redraw_stalled_without_appointment', 3);
const withResults = journey('redraw_completed', 5, MARKED);

describe.skipIf(!hasChromium)('in a browser', { timeout: 60_000, ...needsChromium }, () => {
  beforeAll(setUp, 180_000);
  afterAll(tearDown);

  emptyPages();
  working();
  loadingAndErrors();
  describe('with many orders', () => {
    beforeAll(async () => {
      await deliverJourneys([...different, waiting, unbooked, withResults]);
      await deliverPageOfOrders();
    }, 120_000);

    listsAndSearch();
    health();
    results(withResults);
    patientMessages(waiting);
    owning(waiting);
    ordering(unbooked);
    journeys();
    everyPage();
    history();
  });

  sandboxPage(() => ({ browser, junction }));

  test('no page violated its policy, threw an error or called another origin', async () => {
    const clean = { violations: [], errors: [], foreignRequests: [] };
    for (const { problems } of await allVisits()) expect(problems).toEqual(clean);
  });

  test('no window keeps patient data, including opened results', async () => {
    const kept = await Promise.all((await allVisits()).map(({ page }) => keptBy(page)));
    expect(kept.join()).toContain('access_token');
    expect(kept.flatMap(patientDataIn)).toEqual([]);
  });
});
