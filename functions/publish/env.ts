import * as z from 'zod/mini';

export const environment = z.object({ EVENT_BUS_NAME: z.string().check(z.minLength(1)) });
