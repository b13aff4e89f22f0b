import * as z from 'zod/mini';

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
/** The place of slots at a patient service center. At home there is none. */
const location = z.object({
  code: orNull(text),
  name: orNull(text),
  iana_timezone: orNull(text),
  distance: orNull(z.number()),
  location: orNull(z.object({ lng: z.number(), lat: z.number() })),
  address: orNull(
    z.object({
      first_line: orNull(text),
      second_line: orNull(text),
      city: orNull(text),
      state: orNull(text),
      zip_code: orNull(text),
    }),
  ),
});
/** Slots by day, as Junction answers them. */
export const availability = z.object({
  timezone: orNull(text),
  // A missing list is an undocumented answer, not a lack of slots.
  slots: z.array(z.object({ date: text, location: orNull(location), slots: listOf(slot) })),
});
export type Availability = z.output<typeof availability>;
