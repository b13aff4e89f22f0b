import { atHomeScripts } from './scripts/at-home.ts';
import { bystanderScripts } from './scripts/bystanders.ts';
import { mixedUpScripts } from './scripts/mixed-up.ts';
import { onSiteScripts } from './scripts/on-site.ts';
import { redrawScripts } from './scripts/redraw.ts';
import { stalledRedrawScripts } from './scripts/stalled-redraws.ts';
import { testkitScripts } from './scripts/testkit.ts';
import { waitingScripts } from './scripts/waiting.ts';
import { walkInScripts } from './scripts/walk-in.ts';

/** The journeys that happen every day, by name. */
const USUAL = {
  ...walkInScripts,
  ...atHomeScripts,
  ...onSiteScripts,
  ...testkitScripts,
  ...redrawScripts,
  ...stalledRedrawScripts,
  ...bystanderScripts,
};

/** Every kind of journey, by name. */
export const CATALOGUE = { ...USUAL, ...mixedUpScripts, ...waitingScripts };

export type Script = keyof typeof CATALOGUE;

export const SCRIPTS = Object.keys(USUAL) as Script[];

/** Those with orders of two patients in one transaction, which only happen by mistake. */
export const MIXED_UP_SCRIPTS = Object.keys(mixedUpScripts) as Script[];

/** Those that end where a person has to act; among the samples only. */
export const WAITING_SCRIPTS = Object.keys(waitingScripts) as Script[];
