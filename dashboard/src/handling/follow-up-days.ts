/** A follow-up is set to the start of a working day in the user's time zone. */
const HOUR = 8;
/** The API's limit, minus a day for time zones. */
const MAX_DAYS = 89;

/** A day as `2026-03-14`, on the clock of the user. */
export function dayOf(time: Date): string {
  const [year, month, day] = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The time at which a follow-up of this day begins, RFC 3339 in UTC. */
export function followUpTime(day: string): string {
  return new Date(`${day}T${String(HOUR).padStart(2, '0')}:00:00`).toISOString();
}

/** Whether a follow-up can be planned for the day: from tomorrow on, for three months. */
export function isPossibleDay(day: Date, now: number): boolean {
  const last = new Date(now);
  last.setDate(last.getDate() + MAX_DAYS);
  return dayOf(day) > dayOf(new Date(now)) && dayOf(day) <= dayOf(last);
}
