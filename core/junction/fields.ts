import * as z from 'zod/mini';
import { parseInstant } from '../domain/instant.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// What many schemas have is made once and shared: making it is a good part of what starting a function takes.
export const text = z.string();
export const nonEmpty = z.minLength(1);
const upTo256 = z.maxLength(256);

/** Puts what `read` makes of a text in its place; null is that it can make nothing of it. */
function readAs(read: (given: string) => string | null, message: string): z.core.CheckFn<string> {
  return (payload) => {
    const { value: input } = payload;
    const value = read(input);
    if (value === null) payload.issues.push({ code: 'custom', message, input, continue: true });
    else payload.value = value;
  };
}

/** Id of an order, a transaction or an appointment: a UUID, read in any case and kept in lower case. */
export const uuid = text.check(
  readAs((given) => (UUID.test(given) ? given.toLowerCase() : null), 'not a UUID'),
);

/** Text that can be stored: JSON can escape half a surrogate pair, which is no character and which no store takes. */
export const unicode = readAs((given) => (given.isWellFormed() ? given : null), 'not Unicode text');

/** An id whose form is the customer's or Junction's affair. */
export const opaqueId = text.check(nonEmpty, upTo256, unicode);

/** A date-time in any spelling, as a normalised instant. */
export const instant = text.check(readAs(parseInstant, 'not a date-time'));

/** A calendar date as it came, or a date-time normalised. */
const date = text.check(
  readAs(
    (given) => (parseInstant(`${given}T00:00:00Z`) === null ? parseInstant(given) : given),
    'not a date',
  ),
);

/** A value of one of Junction's open lists: kept as it came, known or not. */
export const openEnum = text.check(upTo256, unicode);

/** Absent, null and present, told apart no further: absent reads as null. */
export function orNull<Schema extends z.core.$ZodType>(schema: Schema) {
  return z._default(z.nullable(schema), null);
}

// One for every field of a kind.
export const uuidOrNull = orNull(uuid);
export const openEnumOrNull = orNull(openEnum);
export const instantOrNull = orNull(instant);
export const dateOrNull = orNull(date);
export const opaqueIdOrNull = z.pipe(
  // An empty one names nobody, and is no reason to keep all else that an order tells from being understood.
  openEnumOrNull,
  z.transform((id) => id || null),
);

/** No list of Junction's is near as long. What is wrong in a far longer one would be too much to collect. */
const MAX_ENTRIES = 1_000;
const ofUsualLength = noLongerThan(MAX_ENTRIES);

function noLongerThan(most: number) {
  return z.transform((list: unknown, { issues }) => {
    if (!Array.isArray(list) || list.length <= most) return list ?? [];
    issues.push({ code: 'custom', message: 'too long a list', input: list });
    return z.NEVER;
  });
}

/** A list that may be absent or null: then it is empty. */
export function listOf<Schema extends z.core.$ZodType>(schema: Schema, most = MAX_ENTRIES) {
  return z.pipe(most === MAX_ENTRIES ? ofUsualLength : noLongerThan(most), z.array(schema));
}
