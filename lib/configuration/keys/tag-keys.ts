import * as z from 'zod';

/** Keys and values that every AWS service accepts. Those with a prefix of AWS or of this project are reserved. */
const tag = /^[\p{L}\p{N}\p{Zs}_.:/=+@-]+$/u;
const tagKey = z
  .string()
  .max(128)
  .regex(tag)
  .regex(/^(?!aws:|redraw-tracker:)/i);

/** `owner=lab-ops,cost-center=42` on the command line, an object in cdk.json. */
const tagList = z
  .union([
    z.record(z.string(), z.string()),
    z.string().transform((text) =>
      Object.fromEntries(
        text.split(',').map((pair) => {
          const [key = '', ...value] = pair.split('=');
          return [key.trim(), value.join('=').trim()];
        }),
      ),
    ),
  ])
  .pipe(z.record(tagKey, z.string().max(256).regex(tag)))
  .refine((tags) => Object.keys(tags).length <= 40);

export const tagsKey = {
  schema: tagList.default({}),
  expected:
    'up to 40 tags for all resources, as an object or as text (for example owner=lab-ops,cost-center=42), in characters that AWS allows, without the prefixes aws: and redraw-tracker:',
  type: 'Readonly<Record<string, string>>',
  otherwise: 'none',
  means: 'Up to 40 tags for all resources, in addition to `application` and `redraw-tracker:stage`.',
};
