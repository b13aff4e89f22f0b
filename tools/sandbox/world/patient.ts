import type {
  ClientFacingPatientDetailsCompatible,
  ClientFacingPhysician,
  PatientAddressCompatible,
} from '@junction-api/sdk/serialization';
import type { Random } from '../random.ts';
import { type Instant, spellDay } from '../time.ts';

/** The patient of an order, the physician who placed it, and what was written about them. */
export interface Patient {
  details: ClientFacingPatientDetailsCompatible.Raw;
  address: PatientAddressCompatible.Raw;
  physician: ClientFacingPhysician.Raw;
  home: { lng: number; lat: number };
  /** The sample id of the patient's nth order, from 0. */
  sampleId: (nth: number) => string;
  notes: string | null;
  clinicalNotes: string | null;
  appointmentNotes: string | null;
  /** Why an appointment is cancelled, in the words of the provider. */
  cancellationReason: string;
  passthrough: string | null;
  healthInsuranceId: string | null;
  icdCodes: string[] | null;
  trackingNumber: string;
  labPatientId: string;
  /** The age on the day of a result; null: computed from the birth date. */
  age: string | null;
  /** The lab's note on each result; null: one that fits the result. */
  labNotes: string | null;
  /** Every measured value, by a lab or a wearable; null: a plausible one. */
  labValue: number | null;
  /** The name of the requisition form; null: the id of the order. */
  requisition: string | null;
}

const FIRST_NAMES = ['Ada', 'Benedikt', 'Chioma', 'Dolores', 'Emeka', 'Farah', 'Gustavo', 'Hye-jin', 'Iman'];
const LAST_NAMES = ["O'Malley", 'Nakamura', 'Okafor', 'Lindqvist', 'Ramírez', 'Haddad', 'Whitfield', 'Zhào'];
const STREETS = ['Alder Street', 'Mission Road', 'N 4th Avenue', 'Quarry Lane', 'Sunset Boulevard'];
const PLACES = [
  { city: 'San Francisco', state: 'CA', zip: '94110', lng: -122.4148, lat: 37.7509 },
  { city: 'Phoenix', state: 'AZ', zip: '85004', lng: -112.0686, lat: 33.4517 },
  { city: 'Austin', state: 'TX', zip: '78704', lng: -97.7682, lat: 30.2423 },
  { city: 'Brooklyn', state: 'NY', zip: '11215', lng: -73.9866, lat: 40.6624 },
];
const NOTES = [
  'Patient prefers the left arm',
  'Needs an interpreter',
  'Faints easily, please have them lie down',
];

const CANARY_BIRTH_DATE = '1901-02-03';
const CANARY_LAB_VALUE = 87654321;
const CANARY_HOME = { lng: -98.7654321, lat: 12.3456789 };

/** The strings to search for if patients carry `marker`: the marker, and substitutes in fields that take no free text. */
export function canaries(marker: string): string[] {
  return [marker, CANARY_BIRTH_DATE, ...[CANARY_HOME.lng, CANARY_HOME.lat, CANARY_LAB_VALUE].map(String)];
}

/** Whether a person is under 18. */
export function isMinor({ dob }: Pick<Patient['details'], 'dob'>, now: Instant): boolean {
  return `${Number(dob.slice(0, 4)) + 18}${dob.slice(4)}` > spellDay(now);
}

export function fakePatient(random: Random): Patient {
  const samples = random.fork('samples');
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const place = random.pick(PLACES);
  const phone = `+1${random.pick(['415', '602', '512', '718'])}555${random.digits(4)}`;
  const street = `${random.int(1, 2400)} ${random.pick(STREETS)}`;
  return {
    details: {
      first_name: firstName,
      last_name: lastName,
      dob: `${random.int(1935, 2004)}-0${random.int(1, 9)}-${random.int(10, 28)}`,
      gender: random.pick(['female', 'male']),
      phone_number: phone,
      email: `${`${firstName}.${lastName}`.toLowerCase().replace(/[^a-z.]/g, '')}@example.com`,
      medical_proxy: random.chance(0.1) ? proxyOf(random, lastName, street, place, phone) : null,
      race: random.pick(['asian', 'other', 'white_caucasian', null]),
      ethnicity: random.pick(['hispanic', 'non_hispanic', null]),
      sexual_orientation: random.pick(['heterosexual_or_straight', 'bisexual', null]),
      gender_identity: random.pick(['female', 'male', 'genderqueer', null]),
    },
    address: {
      receiver_name: `${firstName} ${lastName}`,
      first_line: street,
      second_line: random.chance(0.4) ? `Apt. ${random.int(1, 99)}` : null,
      city: place.city,
      state: place.state,
      zip: place.zip,
      country: 'United States',
      access_notes: random.chance(0.3) ? `Gate code ${random.digits(4)}, ring twice` : null,
      phone_number: phone,
    },
    physician: {
      first_name: random.pick(FIRST_NAMES),
      last_name: random.pick(LAST_NAMES),
      npi: random.digits(10),
    },
    home: { lng: place.lng, lat: place.lat },
    sampleId: sampleIds(samples, random.digits(9)),
    notes: random.pick(NOTES),
    clinicalNotes: 'Fatigue for three months, family history of thyroid disease',
    appointmentNotes: 'Please bring photo ID',
    cancellationReason: 'Patient is not available',
    passthrough: `{"chart":"${random.base62(8)}"}`,
    healthInsuranceId: random.uuid(),
    icdCodes: ['E03.9', 'R53.83'],
    trackingNumber: `1Z${random.base62(16).toUpperCase()}`,
    labPatientId: random.digits(8),
    age: null,
    labNotes: null,
    labValue: null,
    requisition: null,
  };
}

/** A patient with `marker` in every field, enums included, so that a search finds every leaked field. */
export function markedPatient(marker: string): Patient {
  const code = marker as never;
  const address = { first_line: marker, second_line: marker, city: marker, state: marker, zip: marker };
  return {
    details: {
      first_name: marker,
      last_name: marker,
      dob: CANARY_BIRTH_DATE,
      gender: marker,
      phone_number: marker,
      email: `${marker}@example.com`,
      medical_proxy: {
        first_name: marker,
        last_name: marker,
        address: { ...address, country: marker, access_notes: marker },
        phone_number: marker,
        email: marker,
      },
      race: code,
      ethnicity: code,
      sexual_orientation: code,
      gender_identity: code,
    },
    address: {
      ...address,
      receiver_name: marker,
      country: marker,
      access_notes: marker,
      phone_number: marker,
    },
    physician: { first_name: marker, last_name: marker, npi: marker },
    home: CANARY_HOME,
    sampleId: (nth) => `${marker}${nth}`,
    notes: marker,
    clinicalNotes: marker,
    appointmentNotes: marker,
    cancellationReason: marker,
    passthrough: marker,
    healthInsuranceId: marker,
    icdCodes: [marker],
    trackingNumber: marker,
    labPatientId: marker,
    age: marker,
    labNotes: marker,
    labValue: CANARY_LAB_VALUE,
    requisition: marker,
  };
}

/** Ids of samples: the given one first. */
export function sampleIds(random: Random, first: string): (nth: number) => string {
  return (nth) => (nth === 0 ? first : random.fork(nth).digits(9));
}

function proxyOf(
  random: Random,
  lastName: string,
  street: string,
  place: (typeof PLACES)[number],
  phone: string,
) {
  return {
    first_name: random.pick(FIRST_NAMES),
    last_name: lastName,
    address: { first_line: street, city: place.city, state: place.state, zip: place.zip, country: 'US' },
    phone_number: phone,
    household_size: random.int(1, 6),
  };
}
