import { nonEmpty, object } from '../../core/reading/readers.ts';

export const environment = object({
  USER_POOL_ID: nonEmpty,
});
