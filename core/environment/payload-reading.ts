import type { ReadingOptions } from '../junction/order-payload.ts';
import { type FieldsRead, nonEmpty, oneOf, optional } from '../reading/readers.ts';
import { ON_OFF } from './on-off.ts';

/** Which facts of Junction's payloads are taken. The same for every function that reads payloads. */
export const readingVariables = {
  /** Whether Junction's summary of the results of an order is kept. */
  KEEP_INTERPRETATION: oneOf(ON_OFF),
  /** The only team whose orders are taken and shown; without it, those of every team. */
  TEAM_ID: optional(nonEmpty),
};

export function readingOf(env: FieldsRead<typeof readingVariables>): ReadingOptions {
  return { keepInterpretation: env.KEEP_INTERPRETATION === 'on', teamId: env.TEAM_ID ?? null };
}
