import { parseInstant } from '../domain/instant.ts';
import { isOneLine, oneLine } from '../domain/one-line.ts';
import { list, orElse, orNull, text, textAs } from '../reading/readers.ts';
import type { Reader } from '../reading/reading.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** The greatest length of an id, and of other usual texts. */
export const MAX_LENGTH = 256;

export const isUuid = (id: string): boolean => UUID.test(id);

/** A UUID in lower case; null for another text. */
export const readUuid = (given: string): string | null => (isUuid(given) ? given.toLowerCase() : null);

/**
 * Text that can be stored; null for another one. JSON can contain an escaped lone surrogate, which is not a character. What breaks
 * out of a line is not repaired, because it would become another value.
 */
const readValue = (given: string): string | null =>
  given.length <= MAX_LENGTH && given.isWellFormed() && isOneLine(given) ? given : null;

/** An id whose format only the customer or Junction knows; null for a text that cannot be one. */
export const readOpaqueId = (given: string): string | null => readValue(given) || null;

/** The id of an order, a transaction or an appointment: a UUID, case-insensitive, converted to lower case. */
export const uuid = textAs(readUuid, 'not a UUID');

/**
 * An id as a part of the path of a request to Junction. Only a UUID is one: another text, such as `..`, can make it the path of
 * another route.
 */
export function idInPath(id: string): string {
  if (!isUuid(id)) throw new Error('An id in a path to Junction must be a UUID.');
  return id;
}

export const opaqueId = textAs(readOpaqueId, 'not an ID');

/** A date-time in any notation, converted to a normalized instant. */
export const instant = textAs(parseInstant, 'not a date-time');

/** A calendar date, unchanged, or a date-time, normalized. */
const date = textAs(
  (given) => (parseInstant(`${given}T00:00:00Z`) === null ? parseInstant(given) : given),
  'not a date',
);

/** A value of one of Junction's open enumerations, unchanged, whether it is known or not. */
export const openEnum = textAs(readValue, 'not a short line of text');

/** The same, but not empty. */
export const filledEnum = textAs(readOpaqueId, 'not a short line of text');

/** Text of usual length that can be stored, in one line or several. */
const storable = (given: string) => (given.length <= MAX_LENGTH && given.isWellFormed() ? given : null);

/** The name of something, as people read it. */
export const label = textAs((given) => {
  const name = storable(given);
  return name === null ? null : oneLine(name);
}, 'not a short text');

export const uuidOrNull = orNull(uuid);
export const textOrNull = orNull(text);
export const openEnumOrNull = orNull(openEnum);
export const labelOrNull = orNull(label);
export const instantOrNull = orNull(instant);
export const dateOrNull = orNull(date);
/** A text that whoever uses it reads more closely. An invalid one is ignored, so that the payload does not have to be quarantined. */
export const looseText = orElse(orNull(textAs(storable, 'not a short text')), null);
/** An empty id is read as absent, so that the order does not have to be quarantined. */
export const opaqueIdOrNull: Reader<string | null> = (given, reading) =>
  given === '' ? null : openEnumOrNull(given, reading);

/** Junction's lists are far shorter. Collecting the errors of a much longer list would take too long. */
const MAX_ENTRIES = 1_000;

/** A list that may be null or absent; then it is read as empty. */
export function listOf<Read>(read: Reader<Read>, most = MAX_ENTRIES): Reader<Read[]> {
  const entries = list(read);
  return (given, reading) => {
    if (Array.isArray(given) && given.length > most) return reading.fault('too long a list');
    return entries(given ?? [], reading);
  };
}
