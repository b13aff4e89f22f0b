import { boolean, object, orElse, orNull } from '../reading/readers.ts';
import type { ReadBy } from '../reading/reading.ts';
import { looseText, uuid } from './fields.ts';

/**
 * How a patient is reached, for one message. Its fields are private to the class, so that neither JSON, nor a log line, nor an
 * error that quotes it can contain them.
 */
export class Contact {
  readonly #fields: ContactFields;

  constructor(fields: ContactFields) {
    this.#fields = fields;
  }

  get firstName(): string | null {
    return this.#fields.firstName;
  }

  /** As stored by Junction. */
  get phone(): string | null {
    return this.#fields.phone;
  }

  get email(): string | null {
    return this.#fields.email;
  }

  /** Two letters. */
  get state(): string | null {
    return this.#fields.state;
  }

  get zip(): string | null {
    return this.#fields.zip;
  }
}

interface ContactFields {
  readonly firstName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly state: string | null;
  readonly zip: string | null;
}

const details = object({ first_name: looseText, phone_number: looseText, email: looseText });
const address = object({ state: looseText, zip: looseText });

/** The only fields about the patient that are ever read. An invalid one is read as absent. */
export const contactPayload = object({
  id: uuid,
  patient_details: orElse(orNull(details), null),
  patient_address: orElse(orNull(address), null),
});

/** The name of a patient, for one answer. Private for the same reason. */
export class PatientName {
  readonly #parts: readonly (string | null)[];

  constructor(...parts: readonly (string | null)[]) {
    this.#parts = parts;
  }

  /** "Ada Lovelace"; null without any part. */
  get full(): string | null {
    return this.#parts.filter(Boolean).join(' ') || null;
  }
}

/** An order with the name of its patient: https://docs.junction.com/api-reference/lab-testing/get-order */
export const namePayload = object({
  id: uuid,
  patient_details: orElse(orNull(object({ first_name: looseText, last_name: looseText })), null),
});

/** Whether Junction sends SMS about an order. */
export const communicationSettings = object({ order_id: uuid, sms_enabled: boolean });

export function contactOf({ patient_details, patient_address }: ReadBy<typeof contactPayload>): Contact {
  return new Contact({
    firstName: patient_details?.first_name ?? null,
    phone: patient_details?.phone_number ?? null,
    email: patient_details?.email ?? null,
    state: patient_address?.state ?? null,
    zip: patient_address?.zip ?? null,
  });
}
