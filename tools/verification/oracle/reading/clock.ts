/** Arithmetic on normalized times. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A normalized time that many milliseconds later; its microseconds stay. */
export function plus(time: string, milliseconds: number): string {
  const moved = new Date(Date.parse(`${time.slice(0, 23)}Z`) + milliseconds).toISOString();
  return `${moved.slice(0, 23)}${time.slice(23)}`;
}

/** Whether two times can be the same one, of which one was written in whole seconds only. */
export function canBeSame(one: string, other: string): boolean {
  const isWhole = (at: string) => at.endsWith('.000000Z');
  return one === other || ((isWhole(one) || isWhole(other)) && one.slice(0, 19) === other.slice(0, 19));
}
