import { parseInstant } from '../../../core/domain/instant.ts';

/** Whether a string is a calendar date: `2026-02-28`, but not `2026-02-30`. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && parseInstant(`${text}T00:00:00Z`) !== null;

/** Whether somebody born on `dob` is under 18 on `day`. Somebody born on February 29 comes of age on March 1. */
export function isMinorOn(day: string, dob: string): boolean {
  return `${String(Number(dob.slice(0, 4)) + 18).padStart(4, '0')}${dob.slice(4)}` > day;
}
