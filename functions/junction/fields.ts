import * as z from 'zod/mini';
import { parseInstant } from '../domain/instant.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Id of an order, a transaction or an appointment: a UUID, read in any case and kept in lower case. */
export const uuid = z.string().check(z.regex(UUID, 'not a UUID'), z.toLowerCase());

/** Text that can be stored: JSON can escape half a surrogate pair, which is no character and which no store takes. */
export const unicode = z.refine<string>((text) => text.isWellFormed(), 'not Unicode text');

/** An id whose form is the customer's or Junction's affair. */
export const opaqueId = z.string().check(z.minLength(1), z.maxLength(256), unicode);

/** A date-time in any spelling, as a normalised instant. */
export const instant = z.pipe(
  z.string(),
  z.transform((text, context): string => {
    const read = parseInstant(text);
    if (read !== null) return read;
    context.issues.push({ code: 'custom', message: 'not a date-time', input: text });
    return z.NEVER;
  }),
);

/** A calendar date as it came, or a date-time normalised. */
const date = z.pipe(
  z.string(),
  z.transform((text, context): string => {
    if (parseInstant(`${text}T00:00:00Z`) !== null) return text;
    const read = parseInstant(text);
    if (read !== null) return read;
    context.issues.push({ code: 'custom', message: 'not a date', input: text });
    return z.NEVER;
  }),
);

/** A value of one of Junction's open lists: kept as it came, known or not. */
export const openEnum = z.string().check(z.maxLength(256), unicode);

/** Absent, null and present, told apart no further: absent reads as null. */
export function orNull<Schema extends z.core.$ZodType>(schema: Schema) {
  return z._default(z.nullable(schema), null);
}

// One for every field of a kind: making schemas is a good part of what starting a function takes.
export const uuidOrNull = orNull(uuid);
export const opaqueIdOrNull = z.pipe(
  // An empty one names nobody, and is no reason to keep all else that an order tells from being understood.
  orNull(z.string().check(z.maxLength(256), unicode)),
  z.transform((text) => text || null),
);
export const openEnumOrNull = orNull(openEnum);
export const instantOrNull = orNull(instant);
export const dateOrNull = orNull(date);

/** No list of Junction's is near as long. What is wrong in a far longer one would be too much to collect. */
const MAX_ENTRIES = 1_000;

/** A list that may be absent or null: then it is empty. */
export function listOf<Schema extends z.core.$ZodType>(schema: Schema, most = MAX_ENTRIES) {
  const anyList = z.array(z.unknown()).check(z.maxLength(most, 'too long a list'));
  return z.pipe(
    orNull(z.pipe(anyList, z.array(schema))),
    z.transform((value) => value ?? []),
  );
}
