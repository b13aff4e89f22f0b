import { looseText, textOrNull } from '../../../core/junction/fields.ts';
import { matching, object, orNull, text } from '../../../core/reading/readers.ts';
import { readStrictly } from '../../../core/reading/reading.ts';

/** Where an order is collected. It is patient data: it is passed on in memory, and never stored or logged. */
export interface Place {
  readonly zip: string;
  /** As Junction's phlebotomy routes want it. */
  readonly address: Readonly<Record<string, string | null>>;
  /** The slug of the lab. */
  readonly lab: string | null;
}

const patientAddress = object({
  first_line: text,
  second_line: textOrNull,
  city: text,
  state: text,
  zip: matching(/^\d{5}(?:-\d{4})?$/),
  access_notes: textOrNull,
});
const placedOrder = object({
  patient_address: orNull(patientAddress),
  lab_test: orNull(object({ lab: orNull(object({ slug: looseText })) })),
});

/** Where an order is collected; null if Junction does not say, or gives no ZIP code. */
export function placeOf(json: unknown): Place | null {
  const { patient_address: address, lab_test: test } = readStrictly(placedOrder, json) ?? {};
  if (!address) return null;
  const { zip, ...lines } = address;
  const zip_code = zip.slice(0, 5);
  return { zip: zip_code, address: { ...lines, zip_code }, lab: test?.lab?.slug ?? null };
}
