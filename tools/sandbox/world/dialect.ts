import type { Random } from '../random.ts';

/**
 * Irregularities of a whole journey. They are in Junction's own records, so all webhooks and the API agree on them.
 */
export interface Dialect {
  /** `as_published`: 1, 2, 33, 4, 5 as in the on-site example; neither ascending nor unique across orders. */
  eventIds: 'ascending' | 'as_published';
  /** The two pages about on-site collection disagree on the high-level status of `draw_completed`. */
  onSiteDraw: 'sample_with_lab' | 'collecting_sample';
  kitRegistered: 'registered' | 'testkit_registered';
  /** A UUID by its type, but free text in examples. */
  clientUserId: 'uuid' | 'free_text';
  /** Adds an event with an undocumented status before the requisition. */
  unknownEvent: boolean;
  /** The resolution of Junction's clock in microseconds: whole seconds, milliseconds or microseconds. */
  clockTick: 1_000_000 | 1_000 | 1;
  /** `follows`: redraw_available does not list the redraw order yet, which is created moments later. */
  redrawOrder: 'listed' | 'follows';
}

export const DOCUMENTED_DIALECT: Dialect = {
  eventIds: 'ascending',
  onSiteDraw: 'sample_with_lab',
  kitRegistered: 'registered',
  clientUserId: 'uuid',
  unknownEvent: false,
  clockTick: 1_000_000,
  redrawOrder: 'listed',
};

export function mixedDialect(random: Random): Dialect {
  return {
    eventIds: random.chance(0.35) ? 'as_published' : 'ascending',
    onSiteDraw: random.chance(0.5) ? 'collecting_sample' : 'sample_with_lab',
    kitRegistered: random.chance(0.5) ? 'testkit_registered' : 'registered',
    clientUserId: random.chance(0.5) ? 'free_text' : 'uuid',
    unknownEvent: random.chance(0.15),
    clockTick: random.pick([1_000_000, 1_000, 1]),
    redrawOrder: random.chance(0.3) ? 'follows' : 'listed',
  };
}
