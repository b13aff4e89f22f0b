import * as z from 'zod/mini';
import { OPTIONAL_ROUTES } from '../../domain/optional-route.ts';

export const junctionNotices = z.object({
  unreadable_fields: z.array(z.object({ field: z.string(), count: z.int(), last_seen_at: z.string() })),
  not_offered: z.array(
    z.object({
      route: z.enum(OPTIONAL_ROUTES),
      since: z.string(),
      reason: z.string(),
      asked_again_at: z.string(),
    }),
  ),
});
