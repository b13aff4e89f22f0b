import * as z from 'zod/mini';
import { describe } from './describe.ts';

/** A caller as it is stored and shown. */
export const caller = z.object({
  subject: z.nullable(z.string()),
  client_id: z.nullable(z.string()),
  name: z.nullable(z.string()),
});
DOCS: describe(caller, {
  id: 'Caller',
  description: 'Who made a request, according to its token.',
  properties: {
    subject: 'The `sub` of the token.',
    client_id: 'The OAuth client that got the token.',
    name: 'The verified email address of a person; null for a program.',
  },
});
