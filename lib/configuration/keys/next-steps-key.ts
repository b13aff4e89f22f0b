import * as z from 'zod';
import { CAUSES } from '../../../core/domain/next-step/cause.ts';
import { SITUATIONS } from '../../../core/domain/next-step/situation.ts';

/** The longest sentence, and the longest short form. */
const MAX_TEXT = 300;
const MAX_SHORT = 40;

const sentence = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT)
  .regex(/^[^<>\p{Cc}]+$/u);

/** A short form beside each situation, and a sentence for each situation and cause. */
const texts: Readonly<Record<string, z.ZodType<string, string>>> = Object.fromEntries([
  ...[...SITUATIONS, ...CAUSES].map((name) => [name, sentence]),
  ...SITUATIONS.map((name) => [`${name}.short`, sentence.max(MAX_SHORT)]),
]);

const isKnown = (name: string) => Object.hasOwn(texts, name);

/** cdk.json can contain an object, and `-c key=value` the same as JSON. */
const nextSteps = z
  .union([
    z.record(z.string(), z.string()),
    z.string().transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    }),
  ])
  .pipe(z.record(z.string().refine(isKnown), z.string()))
  .refine((given) => Object.entries(given).every(([name, text]) => texts[name]?.safeParse(text).success));

export const nextStepsKey = {
  schema: nextSteps.optional(),
  expected: `an object of texts that say what to do next (for example {"no_appointment": "Call the patient.", "no_appointment.short": "Call"}): sentences of at most ${MAX_TEXT} characters, short forms of at most ${MAX_SHORT}, without < and >. The sentences are ${[...SITUATIONS, ...CAUSES].join(', ')}; the short forms are those of the first ${SITUATIONS.length}, with .short`,
  type: 'Readonly<Record<string, string>>',
  otherwise: "the dashboard's texts",
  means:
    'Your own texts for [what to do next](redraw-worklist.md#what-to-do-next), by situation or cause, as an object or as JSON. `<situation>.short` is the short form in lists.',
};
