import type { Random } from '../random.ts';

/**
 * Oddities that hold for a whole journey, because they are in Junction's own records: every webhook and
 * the API agree on them.
 */
export interface Dialect {
  /** `as_published`: 1, 2, 33, 4, 5 as in the on-site example; not ascending, and not unique across orders. */
  eventIds: 'ascending' | 'as_published';
  /** The two pages about on-site collection disagree on the high-level status of `draw_completed`. */
  onSiteDraw: 'sample_with_lab' | 'collecting_sample';
  kitRegistered: 'registered' | 'testkit_registered';
  /** Typed as a UUID, shown as a free string. */
  clientUserId: 'uuid' | 'free_text';
  /** An event whose status no list names, before the requisition. */
  unknownEvent: boolean;
  /** Microseconds between two times Junction can tell apart: whole seconds, milliseconds or microseconds. */
  clockTick: 1_000_000 | 1_000 | 1;
}

export const DOCUMENTED_DIALECT: Dialect = {
  eventIds: 'ascending',
  onSiteDraw: 'sample_with_lab',
  kitRegistered: 'registered',
  clientUserId: 'uuid',
  unknownEvent: false,
  clockTick: 1_000_000,
};

export function mixedDialect(random: Random): Dialect {
  return {
    eventIds: random.chance(0.35) ? 'as_published' : 'ascending',
    onSiteDraw: random.chance(0.5) ? 'collecting_sample' : 'sample_with_lab',
    kitRegistered: random.chance(0.5) ? 'testkit_registered' : 'registered',
    clientUserId: random.chance(0.5) ? 'free_text' : 'uuid',
    unknownEvent: random.chance(0.15),
    clockTick: random.pick([1_000_000, 1_000, 1]),
  };
}
