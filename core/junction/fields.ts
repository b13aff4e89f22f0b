import * as z from 'zod/mini';
import { parseInstant } from '../domain/instant.ts';
import { isOneLine, oneLine } from '../domain/one-line.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// Many schemas share these, because creating schemas takes a large part of a function's start.
export const text = z.string();
export const nonEmpty = z.minLength(1);
const upTo256 = z.maxLength(256);

/** Replaces a text by the result of `read`. If that is null, the text is invalid. */
function readAs(read: (given: string) => string | null, message: string): z.core.CheckFn<string> {
  return (payload) => {
    const { value: input } = payload;
    const value = read(input);
    if (value === null) payload.issues.push({ code: 'custom', message, input, continue: true });
    else payload.value = value;
  };
}

export const isUuid = (id: string): boolean => UUID.test(id);

/** The id of an order, a transaction or an appointment: a UUID, case-insensitive, converted to lower case. */
export const uuid = text.check(
  readAs((given) => (UUID.test(given) ? given.toLowerCase() : null), 'not a UUID'),
);

/**
 * An id as a part of the path of a request to Junction. Only a UUID is one: another text, such as `..`, can make it the path of
 * another route.
 */
export function idInPath(id: string): string {
  if (!isUuid(id)) throw new Error('An id in a path to Junction must be a UUID.');
  return id;
}

/** Text that can be stored. JSON can contain an escaped lone surrogate, which is not a character. */
export const unicode = readAs((given) => (given.isWellFormed() ? given : null), 'not Unicode text');

/** What breaks out of a line is not repaired, because it would become another value. */
const inOneLine = readAs((given) => (isOneLine(given) ? given : null), 'not one line of text');

/** An id whose format only the customer or Junction knows. */
export const opaqueId = text.check(nonEmpty, upTo256, unicode, inOneLine);

/** A date-time in any notation, converted to a normalized instant. */
export const instant = text.check(readAs(parseInstant, 'not a date-time'));

/** A calendar date, unchanged, or a date-time, normalized. */
const date = text.check(
  readAs(
    (given) => (parseInstant(`${given}T00:00:00Z`) === null ? parseInstant(given) : given),
    'not a date',
  ),
);

/** A value of one of Junction's open enumerations, unchanged, whether it is known or not. */
export const openEnum = text.check(upTo256, unicode, inOneLine);

/** The name of something, as people read it. */
export const label = text.check(upTo256, unicode, readAs(oneLine, ''));

/** A value that may be null or absent; absent is read as null. */
export function orNull<Schema extends z.core.$ZodType>(schema: Schema) {
  return z._default(z.nullable(schema), null);
}

// Each is created once and used for every field of its kind.
export const uuidOrNull = orNull(uuid);
export const openEnumOrNull = orNull(openEnum);
export const labelOrNull = orNull(label);
export const instantOrNull = orNull(instant);
export const dateOrNull = orNull(date);
/** A text that whoever uses it reads more closely. An invalid one is ignored, so that the payload does not have to be quarantined. */
export const looseText = z.catch(orNull(text.check(upTo256, unicode)), null);
export const opaqueIdOrNull = z.pipe(
  // An empty id is read as absent, so that the order does not have to be quarantined.
  openEnumOrNull,
  z.transform((id) => id || null),
);

/** Junction's lists are far shorter. Collecting the errors of a much longer list would take too long. */
const MAX_ENTRIES = 1_000;
const ofUsualLength = noLongerThan(MAX_ENTRIES);

function noLongerThan(most: number) {
  return z.transform((list: unknown, { issues }) => {
    if (!Array.isArray(list) || list.length <= most) return list ?? [];
    issues.push({ code: 'custom', message: 'too long a list', input: list });
    return z.NEVER;
  });
}

/** A list that may be null or absent; then it is read as empty. */
export function listOf<Schema extends z.core.$ZodType>(schema: Schema, most = MAX_ENTRIES) {
  return z.pipe(most === MAX_ENTRIES ? ofUsualLength : noLongerThan(most), z.array(schema));
}
