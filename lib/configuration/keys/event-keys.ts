import * as z from 'zod';
import { httpsUrl, list, onOffSetting, urlOrDeployTime } from '../../setting/setting-formats.ts';

/** Where events go beside the bus. */
export const eventKeys = {
  eventsTo: {
    schema: urlOrDeployTime(httpsUrl).optional(),
    expected: 'the https URL that events are sent to (for example https://example.com/events)',
    otherwise: 'none',
    means: 'A URL to which [events are sent](event-webhooks.md) beside the bus.',
  },
  eventsToTypes: {
    schema: list(z.string().regex(/^[A-Z][A-Za-z ]*$/)).optional(),
    expected:
      'the types of the events that are sent to eventsTo, separated by commas (for example Redraw Stale,Order Failed)',
    otherwise: 'all types',
    type: 'string[]',
    means: 'The types of the events that are sent to `eventsTo`. Needs `eventsTo`.',
  },
  eventSchemas: {
    ...onOffSetting('off'),
    means:
      'Whether a registry of EventBridge has the [schemas of events](event-webhooks.md#schemas), for code bindings and the console.',
  },
};
