import { nonEmpty, object } from '../../core/reading/readers.ts';

export const environment = object({ ORIGIN_SECRET_ARN: nonEmpty });
