import * as z from 'zod/mini';

/** A person of the sign-in who may own redraws. */
const person = z.object({
  /** What to set as `assignee`: the name under which the API stores what the person does. */
  name: z.string(),
  /** What others call the person; null if the user pool does not say. */
  display_name: z.nullable(z.string()),
});

export const personList = z.object({ people: z.array(person) });
