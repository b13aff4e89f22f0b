import { atHomeScripts } from './scripts/at-home.ts';
import { bystanderScripts } from './scripts/bystanders.ts';
import { onSiteScripts } from './scripts/on-site.ts';
import { redrawScripts } from './scripts/redraw.ts';
import { stalledRedrawScripts } from './scripts/stalled-redraws.ts';
import { testkitScripts } from './scripts/testkit.ts';
import { walkInScripts } from './scripts/walk-in.ts';

/** Every kind of journey, by name. */
export const CATALOGUE = {
  ...walkInScripts,
  ...atHomeScripts,
  ...onSiteScripts,
  ...testkitScripts,
  ...redrawScripts,
  ...stalledRedrawScripts,
  ...bystanderScripts,
};

export type Script = keyof typeof CATALOGUE;

export const SCRIPTS = Object.keys(CATALOGUE) as Script[];
