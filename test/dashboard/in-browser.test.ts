/** The dashboard in a real browser, against the whole stack. */
import { afterAll, beforeAll, describe } from 'vitest';
import { hasChromium } from './browser.ts';
import { everyView } from './every-view.ts';
import { closeScene, openScene } from './scene.ts';

describe.skipIf(!hasChromium)('in a browser', () => {
  beforeAll(openScene, 180_000);
  afterAll(closeScene);

  everyView();
});
