import * as z from 'zod/mini';
import { describe } from '../../../core/domain/describe.ts';
import { MODALITIES } from '../../../core/domain/order/appointment-kind.ts';
import { isDate } from './days.ts';
import { STATES } from './states.ts';

/** https://docs.junction.com/lab/workflow/order-requirements: labs accept nothing else, so accents are refused. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9-.,']*(\s[a-zA-Z0-9-.,']+)*$/;
const ZIP = /^\d{5}(-\d{4})?$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_NOTES = 1_000;
/** Junction documents no limits for these. */
const MAX_LINE = 200;
const MAX_ENTRIES = 500;

const text = z.string();
const filled = text.check(z.minLength(1));
/** Checked before anything else: a pattern can take long for a long text. */
const atMost = (length: number, error = `It must have at most ${length} characters.`) =>
  z.maxLength(length, { error, abort: true });
const like = (pattern: RegExp, length: number, error: string) =>
  text.check(atMost(length, error), z.regex(pattern, { error }));

/** The length is checked before the entries, because every fault of every entry is listed. */
function listOf<Schema extends z.ZodMiniType>(item: Schema) {
  const ofUsualLength = atMost(MAX_ENTRIES, `It must have at most ${MAX_ENTRIES} entries.`);
  return z.pipe(z.array(z.unknown()).check(ofUsualLength), z.array(item).check(ofUsualLength));
}

const name = text.check(
  z.minLength(1, { abort: true }),
  atMost(50),
  z.regex(NAME, {
    error:
      'It must begin with a letter or digit, and can contain only unaccented letters, digits, hyphens, periods, commas, apostrophes and single spaces between words.',
  }),
);
const phone = like(E164, 16, 'It must be a phone number in E.164 format, for example +16025550123.');
const email = like(EMAIL, 254, 'It must be an email address.');
const uuid = like(UUID, 36, 'It must be a UUID.');
const day = text.check(z.refine(isDate, 'It must be a valid date, for example 1980-05-06.'));
const line = filled.check(atMost(MAX_LINE));
const notes = text.check(atMost(MAX_NOTES));
const orNull = <Schema extends z.ZodMiniType>(schema: Schema) => z.optional(z.nullable(schema));

const addOn = z.looseObject({
  marker_ids: orNull(listOf(z.int())),
  provider_ids: orNull(listOf(filled)),
});

DOCS: describe(addOn, {
  id: 'OrderAddOn',
  description: 'Markers beside those of the lab tests.',
  properties: {
    marker_ids: 'Junction’s IDs of the markers.',
    provider_ids: 'The lab’s IDs of the markers.',
  },
});

const orderSet = z.looseObject({
  lab_test_ids: orNull(listOf(uuid)),
  add_on: orNull(addOn),
  lab_account_id: orNull(uuid),
});

DOCS: describe(orderSet, {
  id: 'OrderSet',
  description: 'Several lab tests and markers.',
  properties: {
    lab_test_ids: 'The lab tests.',
    add_on: 'Markers beside those of the lab tests.',
    lab_account_id: 'The account at the lab.',
  },
});

const medicalProxy = z.looseObject({ first_name: name, last_name: name, phone_number: phone });
DOCS: describe(medicalProxy, {
  id: 'MedicalProxy',
  description: 'Who decides for the patient.',
  properties: {
    first_name: 'The first name.',
    last_name: 'The last name.',
    phone_number: 'The phone number in E.164 format.',
  },
});

const patientDetails = z.looseObject({
  first_name: name,
  last_name: name,
  dob: day,
  gender: z.enum(['female', 'male', 'other', 'unknown']),
  phone_number: phone,
  email,
  medical_proxy: orNull(medicalProxy),
});
DOCS: describe(patientDetails, {
  id: 'PatientDetails',
  description: 'Who the patient is.',
  properties: {
    first_name: 'The first name, without accents.',
    last_name: 'The last name, without accents.',
    dob: 'The date of birth.',
    gender: 'The gender, as the lab needs it.',
    phone_number: 'The phone number in E.164 format.',
    email: 'The email address.',
    medical_proxy: 'Who decides for the patient.',
  },
});

const patientAddress = z.looseObject({
  receiver_name: orNull(text),
  first_line: line,
  second_line: orNull(text.check(atMost(MAX_LINE))),
  city: line,
  state: text.check(
    z.refine((code) => STATES.has(code), 'It must be the two capital letters of a state, for example AZ.'),
  ),
  zip: like(ZIP, 10, 'It must be a ZIP code with five digits, or with nine digits such as 85004-1234.'),
  country: filled,
  access_notes: orNull(notes),
  phone_number: orNull(phone),
});
DOCS: describe(patientAddress, {
  id: 'PatientAddress',
  description: 'Where the patient lives.',
  properties: {
    receiver_name: 'Who receives the kit.',
    first_line: 'The first line.',
    second_line: 'The second line.',
    city: 'The city.',
    state: 'The state, two capital letters.',
    zip: 'The ZIP code.',
    country: 'The country, `US`.',
    access_notes: 'How to get to the patient.',
    phone_number: 'The phone number at this address.',
  },
});

const physician = z.looseObject({
  first_name: filled,
  last_name: filled,
  npi: like(/^\d{10}$/, 10, 'It must be an NPI: ten digits.'),
});
DOCS: describe(physician, {
  id: 'Physician',
  description: 'Who orders the test.',
  properties: {
    first_name: 'The first name.',
    last_name: 'The last name.',
    npi: 'The National Provider Identifier.',
  },
});

const healthInsurance = z.looseObject({ diagnosis_codes: orNull(listOf(filled)) });
DOCS: describe(healthInsurance, {
  id: 'HealthInsurance',
  description: 'The insurance that pays.',
  properties: { diagnosis_codes: 'ICD-10 codes.' },
});

const patientConsent = z.looseObject({ consentType: filled, version: orNull(text) });
DOCS: describe(patientConsent, {
  id: 'PatientConsent',
  description: 'A consent of the patient.',
  properties: { consentType: 'What the patient consents to.', version: 'The version of the text.' },
});

const aoeAnswer = z.looseObject({ marker_id: z.int(), question_id: z.int(), answer: filled });
DOCS: describe(aoeAnswer, {
  id: 'AoeAnswer',
  description: 'An answer to a question of the lab.',
  properties: {
    marker_id: 'The marker that the question is about.',
    question_id: 'The question.',
    answer: 'The answer.',
  },
});

/**
 * The body of Junction's `POST /v3/order`: https://docs.junction.com/api-reference/lab-testing/create-order. Fields not listed
 * here is passed on unread. The SDK writes the names of consents in camel case, unlike all others. Strings are in Junction's notation: dates as `1980-05-06`.
 */
export const orderRequest = z.looseObject({
  user_id: uuid,
  lab_test_id: orNull(uuid),
  order_set: orNull(orderSet),
  collection_method: orNull(z.enum(MODALITIES)),
  physician: orNull(physician),
  health_insurance: orNull(healthInsurance),
  priority: orNull(z.boolean()),
  billing_type: orNull(
    z.enum(['client_bill', 'commercial_insurance', 'patient_bill', 'patient_bill_passthrough']),
  ),
  icd_codes: orNull(listOf(filled)),
  consents: orNull(listOf(patientConsent)),
  activate_by: orNull(day),
  aoe_answers: orNull(listOf(aoeAnswer)),
  passthrough: orNull(text),
  clinical_notes: orNull(notes),
  lab_account_id: orNull(uuid),
  creator_member_id: orNull(uuid),
  patient_details: patientDetails,
  patient_address: patientAddress,
});
DOCS: describe(orderRequest, {
  id: 'OrderRequest',
  description:
    'The body of Junction’s `POST /v3/order`: https://docs.junction.com/api-reference/lab-testing/create-order. Fields that are not listed here are passed on unread.',
  properties: {
    user_id: 'Junction’s ID of the user.',
    lab_test_id: 'The lab test; or send `order_set`.',
    order_set: 'Several lab tests and markers.',
    collection_method: 'How the sample is collected.',
    physician: 'Who orders the test.',
    health_insurance: 'The insurance that pays.',
    priority: 'Whether the lab processes it with priority.',
    billing_type: 'Who pays.',
    icd_codes: 'ICD-10 codes of the diagnoses.',
    consents: 'The consents of the patient.',
    activate_by: 'The date on which Junction places the order with the lab.',
    aoe_answers: 'The answers to the lab’s questions.',
    passthrough: 'Text that Junction returns with the order.',
    clinical_notes: 'Notes for the lab.',
    lab_account_id: 'The account at the lab.',
    creator_member_id: 'The member of the team who places the order.',
    patient_details: 'Who the patient is.',
    patient_address: 'Where the patient lives.',
  },
});

/** The parts of a request, each null where it is absent or not well-formed, so that rules about the others still apply. */
export interface OrderDraft {
  readonly labTestIds: readonly string[];
  readonly addOn: { readonly markerIds: boolean; readonly providerIds: boolean } | null;
  readonly collectionMethod: string | null;
  readonly hasPhysician: boolean;
  readonly billingType: string | null;
  readonly diagnosisCodes: readonly string[];
  readonly activateBy: string | null;
  readonly labAccountId: string | null;
  readonly answers: readonly { readonly marker_id: number; readonly question_id: number }[];
  readonly dob: string | null;
  readonly firstLine: string | null;
  readonly secondLine: string | null;
  readonly zip: string | null;
}

const { shape } = orderRequest;
const orNothing = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(orNull(schema), null);

const draft = z.catch(
  z.object({
    lab_test_id: orNothing(uuid),
    order_set: orNothing(
      z.object({
        lab_test_ids: orNothing(listOf(uuid)),
        add_on: orNothing(addOn),
        lab_account_id: orNothing(uuid),
      }),
    ),
    collection_method: z.catch(shape.collection_method, null),
    physician: orNothing(z.looseObject({})),
    health_insurance: orNothing(z.looseObject({ diagnosis_codes: orNothing(listOf(text)) })),
    billing_type: orNothing(text),
    icd_codes: orNothing(listOf(text)),
    activate_by: orNothing(day),
    lab_account_id: orNothing(uuid),
    aoe_answers: z.catch(shape.aoe_answers, null),
    patient_details: orNothing(z.object({ dob: orNothing(day) })),
    patient_address: orNothing(
      z.object({
        first_line: orNothing(line),
        second_line: orNothing(text.check(atMost(MAX_LINE))),
        zip: orNothing(like(ZIP, 10, '')),
      }),
    ),
  }),
  {},
);

/** Reads what the rules need, even if the rest is invalid. */
export function draftOf(body: unknown): OrderDraft {
  const read = draft.parse(body);
  const set = read.order_set;
  const insurance = read.health_insurance;
  return {
    labTestIds: [...(set?.lab_test_ids ?? []), ...(read.lab_test_id ? [read.lab_test_id] : [])],
    addOn: set?.add_on
      ? {
          markerIds: (set.add_on.marker_ids ?? []).length > 0,
          providerIds: (set.add_on.provider_ids ?? []).length > 0,
        }
      : null,
    collectionMethod: read.collection_method ?? null,
    hasPhysician: Boolean(read.physician),
    billingType: read.billing_type ?? null,
    diagnosisCodes: [...(read.icd_codes ?? []), ...(insurance?.diagnosis_codes ?? [])],
    activateBy: read.activate_by ?? null,
    labAccountId: labAccountIdOf(read),
    answers: read.aoe_answers ?? [],
    dob: read.patient_details?.dob ?? null,
    firstLine: read.patient_address?.first_line ?? null,
    secondLine: read.patient_address?.second_line ?? null,
    zip: read.patient_address?.zip ?? null,
  };
}

function labAccountIdOf({ lab_account_id, order_set }: z.output<typeof draft>): string | null {
  return lab_account_id ?? order_set?.lab_account_id ?? null;
}
