import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { OPTIONAL_ROUTES } from '../../domain/optional-route.ts';
import { at } from '../answer-fields.ts';

const unreadableField = z.object({ field: z.string(), count: z.int(), last_seen_at: at });
DOCS: describe(unreadableField, {
  id: 'UnreadableField',
  description: 'A field of Junction’s data that could not be read, and so counted as absent.',
  properties: {
    field: 'The path of the field.',
    count: 'In how many webhooks and answers.',
    last_seen_at: 'When it was last seen.',
  },
});

const notOffered = z.object({
  team_id: z.nullable(z.string()),
  route: z.enum(OPTIONAL_ROUTES),
  since: at,
  reason: z.string(),
  asked_again_at: at,
});
DOCS: describe(notOffered, {
  id: 'NotOffered',
  description: 'What Junction does not offer to the team.',
  properties: {
    team_id: 'The team whose key was used; null in a deployment of one team.',
    route: 'What is not offered.',
    since: 'Since when Junction has not answered it.',
    reason: 'Why the last request failed.',
    asked_again_at: 'When Junction is asked again.',
  },
});

export const junctionNotices = z.object({
  unreadable_fields: z.array(unreadableField),
  not_offered: z.array(notOffered),
});
DOCS: describe(junctionNotices, {
  id: 'JunctionNotices',
  description: 'What is unusual about Junction’s data. None of it stops an order from being tracked.',
  properties: {
    unreadable_fields: 'The fields, the most recently seen first.',
    not_offered: 'What Junction does not offer.',
  },
});
