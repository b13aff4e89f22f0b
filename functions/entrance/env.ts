import * as z from 'zod/mini';

export const environment = z.object({ ORIGIN_SECRET_ARN: z.string().check(z.minLength(1)) });
