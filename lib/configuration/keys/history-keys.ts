import * as z from 'zod';
import { parseInstant } from '../../../core/domain/instant.ts';
import { onOffSetting } from '../../setting/setting-formats.ts';
import { HISTORICAL_EVENTS, WATCHING_FROM } from './prop-types.ts';

/** A date, or a date and a time, that has come. */
const pastTime = z
  .string()
  .transform((text) => parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text))
  .pipe(z.string().refine((time) => Date.parse(time) <= Date.now()));

/** What is news, and who hears of it. */
export const historyKeys = {
  watchingSince: {
    schema: z.union([z.enum(WATCHING_FROM), pastTime]).default('first-sweep'),
    expected:
      'a date or time that is not in the future (for example 2026-11-01), first-sweep (the first sweep with an API key stores it) or import (only an import stores it)',
    means:
      'Since when the service watches: [what is dated before is history](adopting.md#history-is-not-news), about which nobody gets a mail, page or message. A date or a time, `first-sweep` (the first sweep with an API key stores it) or `import` (only an import stores it).',
  },
  historicalEvents: {
    schema: z.enum(HISTORICAL_EVENTS).default('marked'),
    expected: 'marked (published with historical: true) or withheld (not published)',
    type: "'marked' | 'withheld'",
    means: 'Whether events about history are published with a mark or withheld: `marked` or `withheld`.',
  },
  watchOnly: {
    ...onOffSetting('off', 'on (no mails about redraws and no messages to patients) or off'),
    means:
      'Whether the deployment only [watches](adopting.md#watch-only), for the first weeks: it sends no mails about redraws and no messages to patients, and its events say so. Mails about critical results and alarms stay.',
  },
};
