import * as z from 'zod/mini';
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

const orderSet = z.looseObject({
  lab_test_ids: orNull(listOf(uuid)),
  add_on: orNull(addOn),
  lab_account_id: orNull(uuid),
});

const patientDetails = z.looseObject({
  first_name: name,
  last_name: name,
  dob: day,
  gender: z.enum(['female', 'male', 'other', 'unknown']),
  phone_number: phone,
  email,
  medical_proxy: orNull(z.looseObject({ first_name: name, last_name: name, phone_number: phone })),
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

/**
 * The body of Junction's `POST /v3/order`: https://docs.junction.com/api-reference/lab-testing/create-order. Fields not listed
 * here is passed on unread. The SDK writes the names of consents in camel case, unlike all others. Strings are in Junction's notation: dates as `1980-05-06`.
 */
export const orderRequest = z.looseObject({
  user_id: uuid,
  lab_test_id: orNull(uuid),
  order_set: orNull(orderSet),
  collection_method: orNull(z.enum(MODALITIES)),
  physician: orNull(
    z.looseObject({
      first_name: filled,
      last_name: filled,
      npi: like(/^\d{10}$/, 10, 'It must be an NPI: ten digits.'),
    }),
  ),
  health_insurance: orNull(z.looseObject({ diagnosis_codes: orNull(listOf(filled)) })),
  priority: orNull(z.boolean()),
  billing_type: orNull(
    z.enum(['client_bill', 'commercial_insurance', 'patient_bill', 'patient_bill_passthrough']),
  ),
  icd_codes: orNull(listOf(filled)),
  consents: orNull(listOf(z.looseObject({ consentType: filled, version: orNull(text) }))),
  activate_by: orNull(day),
  aoe_answers: orNull(listOf(z.looseObject({ marker_id: z.int(), question_id: z.int(), answer: filled }))),
  passthrough: orNull(text),
  clinical_notes: orNull(notes),
  lab_account_id: orNull(uuid),
  creator_member_id: orNull(uuid),
  patient_details: patientDetails,
  patient_address: patientAddress,
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
