import type { AvailableSlots } from '../api/answers.ts';

/** A time that can be booked. */
export interface AvailableTime {
  /** Names the place and the time. It stays the same when Junction is asked again; the booking key does not. */
  readonly id: string;
  /** Junction's booking key. */
  readonly key: string;
  /** In ms since 1970. */
  readonly start: number;
  /** Junction marks it as a priority time. */
  readonly priority: boolean;
}

/** The free times of one day at one place. */
export interface Place {
  /** Distinguishes the places of a day. */
  readonly id: string;
  /** Name and address of a service center; null at home. */
  readonly name: string | null;
  /** IANA zone of the place, if Junction names it. */
  readonly zone: string | null;
  readonly times: readonly AvailableTime[];
}

export interface FreeDay {
  /** YYYY-MM-DD at the place. */
  readonly date: string;
  /** Nearest first. */
  readonly places: readonly Place[];
}

type Listed = AvailableSlots['slots'][number];

/** The days with free times, earliest first. */
export function freeDays({ slots, timezone }: Pick<AvailableSlots, 'slots' | 'timezone'>): FreeDay[] {
  const days = new Map<string, { readonly distance: number; readonly place: Place }[]>();
  for (const listed of slots) {
    const place = placeOf(listed, timezone);
    if (place.times.length === 0) continue;
    const distance = listed.location?.distance ?? Number.POSITIVE_INFINITY;
    days.set(listed.date, [...(days.get(listed.date) ?? []), { distance, place }]);
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, found]) => ({
      date,
      places: found.sort((a, b) => compare(a.distance, b.distance)).map(({ place }) => place),
    }));
}

/** The booking key of a time; null if it has been taken since. */
export function bookingKey(days: readonly FreeDay[], timeId: string | null): string | null {
  const times = days.flatMap(({ places }) => places.flatMap((place) => place.times));
  return times.find(({ id }) => id === timeId)?.key ?? null;
}

// The difference of two infinite distances is not a number.
const compare = (a: number, b: number) => (a === b ? 0 : a - b);

function placeOf({ location, slots }: Listed, timezone: string | null): Place {
  const { first_line, second_line, city } = location?.address ?? {};
  const name = [location?.name, first_line, second_line, city].filter(Boolean).join(', ');
  const id = location?.code ?? name;
  return {
    id,
    name: name || null,
    zone: location?.iana_timezone ?? timezone,
    times: slots
      .flatMap(({ booking_key: key, start, is_priority }) =>
        key === null
          ? []
          : [{ id: `${id} ${start}`, key, start: instant(start), priority: is_priority ?? false }],
      )
      .sort((a, b) => a.start - b.start),
  };
}

/** Junction's times without a zone are in UTC. */
function instant(time: string): number {
  return Date.parse(/[zZ]$|[+-]\d{2}:?\d{2}$/.test(time) ? time : `${time}Z`);
}

/** The day after, to ask for more. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const day = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
});

/** "Tue, Mar 3" */
export function dayText(date: string): string {
  return day.format(Date.parse(`${date}T00:00:00Z`));
}

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** "9:30 AM" at the place, with its zone if `named`: "9:30 AM EST". */
export function timeText(start: number, zone: string | null, named = false): string {
  try {
    const timeZone = zone === null ? {} : { timeZone: zone };
    const timeZoneName = named ? ({ timeZoneName: 'short' } as const) : {};
    return new Intl.DateTimeFormat('en', { ...CLOCK, ...timeZone, ...timeZoneName }).format(start);
  } catch {
    // Not a time zone this browser knows.
    return new Intl.DateTimeFormat('en', { ...CLOCK, timeZone: 'UTC', timeZoneName: 'short' }).format(start);
  }
}
