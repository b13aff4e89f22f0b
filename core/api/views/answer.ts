import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';

export const sharedView = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  by: z.string(),
  at: z.string(),
  caller,
});

export const sharedViewList = z.object({ views: z.array(sharedView) });

export const deletedView = z.object({ view: z.nullable(sharedView) });
