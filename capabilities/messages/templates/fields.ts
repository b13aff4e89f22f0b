import { oneLine } from '../../../core/domain/one-line.ts';

/** What a message is about. Names the patient: kept in memory for one send, never stored or logged. */
export interface MessageFields {
  /** Who the message is from. */
  readonly brand: string;
  /** The page of the team's portal for this redraw; null if it cannot be built. */
  readonly link: string | null;
  /** Where to call with questions. */
  readonly phone: string | null;
  readonly firstName: string | null;
  /** The name of the lab. */
  readonly lab: string | null;
  /** The names of the markers without a result; empty if they are unknown. */
  readonly missingMarkers: readonly string[];
  /** The appointment that was missed or cancelled. */
  readonly appointment: { readonly startAt: string; readonly timeZone: string | null } | null;
}

/** The names of the fields in a template. All but `brand` may be missing, and need a fallback. */
export const FIELD_NAMES = [
  'brand',
  'link',
  'phone',
  'first_name',
  'lab',
  'missing_markers',
  'appointment_day',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** The only field that always has a value. */
export const ALWAYS_KNOWN: FieldName = 'brand';

export type FieldValues = Readonly<Record<FieldName, string | null>>;

/** `{name}` or `{name|fallback}`. */
const FIELD = /\{([^{}|]*)(?:\|([^{}]*))?\}/g;

/** A field as a text has it. */
export interface FieldUse {
  /** `{lab|the lab}`. */
  readonly source: string;
  readonly name: string;
  readonly fallback: string | undefined;
}

/** The fields that a text uses, in their order. */
export function fieldsIn(text: string): FieldUse[] {
  return [...text.matchAll(FIELD)].map(([source, name = '', fallback]) => ({ source, name, fallback }));
}

/** The text with each field replaced by its value, or by its fallback. */
export function fillIn(text: string, values: FieldValues): string {
  return text.replaceAll(FIELD, (_, name: FieldName, fallback = '') => values[name] ?? fallback);
}

/** The values in a language. */
export function valuesOf(fields: MessageFields, language: string): FieldValues {
  const { missingMarkers, appointment } = fields;
  return {
    brand: lineOf(fields.brand),
    link: fields.link,
    phone: lineOf(fields.phone),
    first_name: personName(fields.firstName),
    lab: lineOf(fields.lab),
    missing_markers: markerNames(missingMarkers, language),
    appointment_day: appointment && dayOf(appointment, language),
  };
}

/** Letters with their marks, and what separates the parts of a name. A period ends an initial: “evil.example” would be a link. */
const NAME = /^\p{L}(?:[\p{L}\p{M}'\u2019 -]|\.(?= |$))*$/u;
/** Junction's limit (characters). */
const MAX_NAME = 50;

/** A patient types their name, and can type anything: what is not a name is not shown. */
function personName(given: string | null): string | null {
  const name = given?.trim() ?? '';
  return [...name].length <= MAX_NAME && NAME.test(name) ? name : null;
}

/** Control and direction characters, line breaks, and what a mail program or phone turns into a link. */
const NOT_PLAIN = /[\p{C}\p{Zl}\p{Zp}@]|:\/\/|\bwww\.|[\p{L}\p{N}-]\.\p{L}{2}/iu;

/** Names of markers. If one could be something else, none is shown, because a list with a gap would be wrong. */
function markerNames(names: readonly string[], language: string): string | null {
  if (names.some((name) => NOT_PLAIN.test(name))) return null;
  return lineOf(new Intl.ListFormat(language, { type: 'conjunction' }).format(names));
}

/** A value must not break out of a subject line. */
function lineOf(value: string | null): string | null {
  return (value && oneLine(value)) || null;
}

/** `Tuesday, March 3`; null without a zone, because the day would be a guess. */
function dayOf({ startAt, timeZone }: NonNullable<MessageFields['appointment']>, language: string) {
  if (timeZone === null) return null;
  try {
    return new Intl.DateTimeFormat(language, {
      timeZone,
      weekday: 'long',
      month: 'long',
      day: 'numeric',
    }).format(new Date(startAt));
  } catch (error) {
    // Junction provides the zone, and this runtime may not know it.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
