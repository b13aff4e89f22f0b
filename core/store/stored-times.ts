import * as z from 'zod/mini';

/** A time as items store it. Text of another form cannot be computed with. */
export const storedTime = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T/));
export const storedTimeOrNull = z.nullable(storedTime);
