import { instant } from '../junction/fields.ts';
import { object } from '../reading/readers.ts';

export const scheduledFields = { time: instant };

/** The event of a schedule. Its time is what the run takes for now, so that a late run does what the one in time would have done. */
export const scheduledEvent = object(scheduledFields);
