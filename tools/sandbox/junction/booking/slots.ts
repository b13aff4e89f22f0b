import type { AppointmentAvailabilitySlots, DaySlots, TimeSlot } from '@junction-api/sdk/serialization';
import * as z from 'zod';
import { DAY, HOUR, type Instant, MINUTE, spellDay, spellTime } from '../../time.ts';
import { APPOINTMENT_LENGTH } from '../../world/appointment.ts';
import { Refusal } from '../refusal.ts';
import { bookableCenters, phlebotomyProvider } from './places.ts';

/** Eastern standard time, in which the sandbox's slots are laid out. */
const EST = 5 * HOUR;
const DAYS_AHEAD = 14;
/** How long a booking key can be used. */
const KEY_VALID = HOUR;

const keySchema = z.strictObject({
  provider: z.enum(['getlabs', 'quest', 'sonora_quest']),
  site: z.string(),
  start: z.int(),
  expires: z.int(),
});

export type Slot = z.output<typeof keySchema>;

/** @throws {Refusal} */
export function readBookingKey(key: string, now: Instant): Slot {
  const slot = keySchema.safeParse(decoded(key)).data;
  if (!slot) throw new Refusal('Invalid booking key format');
  if (slot.expires < now || slot.start < now) throw gone();
  return slot;
}

export function gone(): Refusal {
  return new Refusal('This appointment slot is no longer available. Please select a new time.');
}

/** The slots of fourteen days at home, one an hour. None where no provider books. */
export function phlebotomySlots(zip: string, from: Instant, now: Instant): AppointmentAvailabilitySlots.Raw {
  if (phlebotomyProvider(zip) !== 'getlabs') return { slots: [], timezone: null };
  const days = daysFrom(from, now).map((day): DaySlots.Raw => {
    const starts = range(day + 7 * HOUR + EST, day + 17 * HOUR + EST, HOUR);
    return {
      location: null,
      date: spellDay(day),
      slots: slotsAt(starts, now, { provider: 'getlabs', site: zip }),
    };
  });
  return { slots: days, timezone: 'America/New_York' };
}

/** Every 20 minutes: today from the next hour until 5 PM if it is before 4 PM, on other days from 7 AM until noon. */
export function centerSlots(
  lab: 'quest' | 'sonora_quest',
  query: { zip: string | null; siteCodes: readonly string[]; from: Instant },
  now: Instant,
): AppointmentAvailabilitySlots.Raw {
  const { zip, siteCodes, from } = query;
  const centers = bookableCenters(lab, zip ?? '85004').filter(
    ({ site_code }) => siteCodes.length === 0 || siteCodes.includes(site_code),
  );
  const unknown = siteCodes.find((code) => !centers.some(({ site_code }) => site_code === code));
  if (unknown !== undefined) throw new Refusal(`Location with site code ${unknown} not found`);
  const slots = centers.flatMap((center) =>
    daysFrom(from, now).map((day): DaySlots.Raw => {
      const { metadata, distance, location, site_code: site } = center;
      const { first_line, second_line, city, state, zip_code } = metadata;
      return {
        location: {
          location,
          distance,
          address: { first_line, second_line, city, state, zip_code },
          code: site,
          name: metadata.name,
          iana_timezone: 'America/New_York',
        },
        date: spellDay(day),
        slots: slotsAt(startsOf(day, now), now, { provider: lab, site }),
      };
    }),
  );
  return { slots, timezone: 'America/New_York' };
}

function startsOf(day: Instant, now: Instant): Instant[] {
  const isToday = day === dayOf(now);
  if (!isToday) return range(day + 7 * HOUR + EST, day + 12 * HOUR + EST, 20 * MINUTE);
  const local = now - EST - day;
  if (local >= 16 * HOUR) return [];
  return range(Math.ceil(now / HOUR) * HOUR, day + 17 * HOUR + EST, 20 * MINUTE);
}

function slotsAt(
  starts: readonly Instant[],
  now: Instant,
  place: Pick<Slot, 'provider' | 'site'>,
): TimeSlot.Raw[] {
  const expires = now + KEY_VALID;
  return starts
    .filter((start) => start > now)
    .map((start) => ({
      booking_key: encoded({ ...place, start, expires }),
      start: spellTime(start),
      end: spellTime(start + APPOINTMENT_LENGTH),
      expires_at: spellTime(expires),
      price: 0,
      is_priority: false,
      num_appointments_available: 1,
    }));
}

/** Local days, as the instants of midnight UTC of their dates. */
function daysFrom(from: Instant, now: Instant): Instant[] {
  const first = Math.max(dayOf(now), Math.floor(from / DAY) * DAY);
  return Array.from({ length: DAYS_AHEAD }, (_, index) => first + index * DAY);
}

function dayOf(now: Instant): Instant {
  return Math.floor((now - EST) / DAY) * DAY;
}

function range(from: Instant, to: Instant, step: Instant): Instant[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / step)) },
    (_, index) => from + index * step,
  );
}

function encoded(slot: Slot): string {
  return Buffer.from(JSON.stringify(slot)).toString('base64url');
}

function decoded(key: string): unknown {
  try {
    return JSON.parse(Buffer.from(key, 'base64url').toString());
  } catch {
    return null;
  }
}
