/** A span of time in milliseconds. */
export type Milliseconds = number;

const SPELLING = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;
const SECOND = 1_000;
const UNITS = [604_800 * SECOND, 86_400 * SECOND, 3_600 * SECOND, 60 * SECOND, SECOND];
const MAX = 3_650 * 86_400 * SECOND;

/**
 * Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds, for example `P7D` or `PT1H30M`. A day is 24 hours.
 * Null for anything else: months and years, which have no fixed length, zero, and more than ten years.
 */
export function parseDuration(text: string): Milliseconds | null {
  const match = SPELLING.exec(text);
  if (!match) return null;
  const sum = UNITS.reduce((total, unit, index) => total + Number(match[index + 1] ?? 0) * unit, 0);
  // Binary fractions are not exact: 1.001 s would become slightly less than 1,001 ms.
  const milliseconds = Math.round(sum);
  return milliseconds > 0 && milliseconds <= MAX ? milliseconds : null;
}
