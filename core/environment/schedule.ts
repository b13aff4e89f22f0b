import * as z from 'zod/mini';
import { instant } from '../junction/fields.ts';

/** The event of a schedule. Its time is what the run takes for now, so that a late run does what the one in time would have done. */
export const scheduledEvent = z.object({ time: instant });
