/** When to look again after a contact. Times are those of the reader's clock. */
export const NEXT = [
  { id: 'none', text: 'None' },
  { id: 'later', text: 'Later today' },
  { id: 'tomorrow', text: 'Tomorrow' },
  { id: 'three_days', text: 'In three days' },
  { id: 'time', text: 'A time' },
] as const;
export type Next = (typeof NEXT)[number]['id'] | 'keep';

/** The start of a working day. */
const MORNING = 8;
const LATER_HOURS = 3;
/** The API's limit, minus a day for time zones. */
const MAX_DAYS = 89;

/** A day as `2026-03-14`, on the clock of the reader. */
export function dayOf(time: Date): string {
  const [year, month, day] = [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The value of a field for a day and a time, `2026-03-14T17:00`. */
function fieldOf(time: Date): string {
  return `${dayOf(time)}T${time.toTimeString().slice(0, 5)}`;
}

/** The proposed time for a choice, as the value of a field; empty for none. */
export function proposed(next: Exclude<Next, 'keep'>, now: number): string {
  const time = new Date(now);
  switch (next) {
    case 'none':
      return '';
    case 'later':
      time.setHours(time.getHours() + LATER_HOURS, 0);
      return fieldOf(time);
    case 'tomorrow':
    case 'three_days':
    case 'time':
      time.setDate(time.getDate() + (next === 'three_days' ? 3 : 1));
      time.setHours(MORNING, 0);
      return fieldOf(time);
  }
}

/** Why a follow-up cannot be at this time; null if it can. */
export function whyImpossible(field: string, now: number): string | null {
  const at = Date.parse(field);
  if (Number.isNaN(at)) return 'Choose a day and a time.';
  if (at <= now) return 'Choose a time that is not over.';
  return at > now + MAX_DAYS * 86_400_000 ? 'Choose a time within the next three months.' : null;
}
