import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';

const person = z.object({ name: z.string(), display_name: z.nullable(z.string()) });
DOCS: describe(person, {
  id: 'Person',
  description: 'A person of the sign-in who may own redraws.',
  properties: {
    name: 'What to set as `assignee`: the name under which the API stores what the person does.',
    display_name: 'What others call the person; null if the user pool does not say.',
  },
});

export const personList = z.object({ people: z.array(person) });
DOCS: describe(personList, {
  id: 'PersonList',
  description: 'The people who may own redraws.',
  properties: { people: 'All of them.' },
});
