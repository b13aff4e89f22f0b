import * as z from 'zod/mini';
import type { ReadingOptions } from '../junction/order-payload.ts';
import { ON_OFF } from './on-off.ts';

/** Which facts of Junction's payloads are taken. The same for every function that reads payloads. */
export const readingVariables = {
  /** Whether Junction's summary of the results of an order is kept. */
  KEEP_INTERPRETATION: z.enum(ON_OFF),
  /** The only team whose orders are taken and shown; without it, those of every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
};

export function readingOf(env: z.output<z.ZodMiniObject<typeof readingVariables>>): ReadingOptions {
  return { keepInterpretation: env.KEEP_INTERPRETATION === 'on', teamId: env.TEAM_ID ?? null };
}
