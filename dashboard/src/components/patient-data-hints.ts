/** Parts of a text that look like they identify a patient. They are only pointed out: the person decides. */

export interface PatientDataHint {
  readonly what: 'phone number' | 'email address' | 'birth date';
  /** As it was typed. */
  readonly found: string;
}

/** Seven to fifteen digits that belong together: by E.164 no number is longer, and a local one has seven. */
const PHONE = /(?<![\w-])\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?![\w-])/g;
const EMAIL = /(?<![^\s@<>()",;:])[^\s@<>()",;:]+@(?:[^\s@<>()",;:.]+\.)+[^\s@<>()",;:.]{2,}/g;
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DATES = [
  /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g,
  /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/g,
  new RegExp(`(?<![a-z\\d])(?:${MONTHS})[a-z]*\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}(?!\\d)`, 'gi'),
  new RegExp(`(?<![a-z\\d])\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+(?:${MONTHS})[a-z]*\\.?,?\\s+\\d{4}(?!\\d)`, 'gi'),
];

/**
 * What looks like a phone number, an email address or a birth date, in the order of the text. UUIDs are not reported. A
 * date can only be a birth date if its year is over.
 *
 * @param year the current year
 */
export function patientDataHints(text: string, year: number): PatientDataHint[] {
  const dates = DATES.flatMap((pattern) => matchesOf(pattern, text)).filter(
    ({ found }) => yearOf(found, year) < year,
  );
  const emails = matchesOf(EMAIL, text);
  // Any date has enough digits for a phone number, even one that is not a birth date.
  const taken = [...DATES.flatMap((pattern) => matchesOf(pattern, text)), ...emails];
  const phones = matchesOf(PHONE, text).filter((one) => !taken.some((other) => overlaps(one, other)));
  return [
    ...dates.map((one) => ({ ...one, what: 'birth date' as const })),
    ...emails.map((one) => ({ ...one, what: 'email address' as const })),
    ...phones.map((one) => ({ ...one, what: 'phone number' as const })),
  ]
    .sort((one, other) => one.at - other.at)
    .map(({ what, found }) => ({ what, found }));
}

interface Match {
  readonly at: number;
  readonly found: string;
}

function matchesOf(pattern: RegExp, text: string): Match[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ at: index, found }));
}

function overlaps(one: Match, other: Match): boolean {
  return one.at < other.at + other.found.length && other.at < one.at + one.found.length;
}

/** The year of a date. Two digits mean the latest such year up to next year, because people plan in this year and the next. */
function yearOf(date: string, current: number): number {
  const whole = /\d{4}/.exec(date)?.[0];
  if (whole !== undefined) return Number(whole);
  const latest = current + 1;
  return latest - ((latest - Number(date.slice(-2))) % 100);
}
