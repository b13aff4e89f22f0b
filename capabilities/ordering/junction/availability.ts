import * as z from 'zod/mini';
import { describe } from '../../../core/domain/describe.ts';

/** The API shows them too, so they have schemas. */
const text = z.string();
const listOf = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z.pipe(
    z.transform((list: unknown) => list ?? []),
    z.array(schema),
  );
export const orNull = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z._default(z.nullable(schema), null);

const slot = z.object({
  booking_key: orNull(text),
  start: text,
  end: text,
  expires_at: orNull(text),
  price: orNull(z.number()),
  is_priority: orNull(z.boolean()),
  num_appointments_available: orNull(z.int()),
});
DOCS: describe(slot, {
  id: 'Slot',
  description: 'A time at which an appointment can be booked.',
  properties: {
    booking_key: 'The key to book it with; null if it cannot be booked.',
    start: 'When it starts.',
    end: 'When it ends.',
    expires_at: 'Until when the key is valid.',
    price: 'What the appointment costs in addition.',
    is_priority: 'Whether the provider prefers it.',
    num_appointments_available: 'How many appointments are free.',
  },
});

const coordinates = z.object({ lng: z.number(), lat: z.number() });
DOCS: describe(coordinates, {
  id: 'Coordinates',
  description: 'A point on the map.',
  properties: { lng: 'Its longitude.', lat: 'Its latitude.' },
});
const centerAddress = z.object({
  first_line: orNull(text),
  second_line: orNull(text),
  city: orNull(text),
  state: orNull(text),
  zip_code: orNull(text),
});
DOCS: describe(centerAddress, {
  id: 'ServiceCenterAddress',
  description: 'The address of a patient service center.',
  properties: {
    first_line: 'The first line.',
    second_line: 'The second line.',
    city: 'The city.',
    state: 'The state, two letters.',
    zip_code: 'The ZIP code.',
  },
});

const location = z.object({
  code: orNull(text),
  name: orNull(text),
  iana_timezone: orNull(text),
  distance: orNull(z.number()),
  location: orNull(coordinates),
  address: orNull(centerAddress),
});
DOCS: describe(location, {
  id: 'ServiceCenter',
  description: 'A patient service center.',
  properties: {
    code: 'The code of the center.',
    name: 'The name of the center.',
    iana_timezone: 'The time zone of the center.',
    distance: 'How far away it is.',
    location: 'Where it is.',
    address: 'Its address.',
  },
});

const daySlots = z.object({ date: text, location: orNull(location), slots: listOf(slot) });
DOCS: describe(daySlots, {
  id: 'DaySlots',
  description: 'The free slots of a day, at one place.',
  properties: {
    date: 'The day.',
    location: 'The patient service center; null for a visit at home.',
    slots: 'The slots.',
  },
});

/** Slots by day, as Junction answers them. */
export const availability = z.object({
  timezone: orNull(text),
  // A missing list is an undocumented answer, not a lack of slots.
  slots: z.array(daySlots),
});
export const availabilityProperties = {
  timezone: 'The time zone of the slots; null if Junction does not say.',
  slots: 'The slots by day.',
};
export type Availability = z.output<typeof availability>;
