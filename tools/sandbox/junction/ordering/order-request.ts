import * as z from 'zod';

/** https://docs.junction.com/lab/workflow/order-requirements: accents are refused. */
const NAME = /^([a-zA-Z0-9]{1})([a-zA-Z0-9-.,']*(\s[a-zA-Z0-9-.,']+)*[a-zA-Z0-9-.,']?)$/;
const ZIP = /^\d{5}(-\d{4})?$/;

const orNull = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
const name = z.string().min(1).max(50).regex(NAME);

const address = {
  first_line: z.string(),
  second_line: orNull(z.string()),
  city: z.string(),
  state: z.string(),
  country: z.string(),
  access_notes: orNull(z.string().max(1000)),
};

const medicalProxy = z.object({
  first_name: z.string(),
  last_name: z.string(),
  address: z.object({ ...address, zip: z.string() }),
  phone_number: z.string(),
  email: z.string().nullish(),
});

const patientDetails = z.object({
  first_name: name,
  last_name: name,
  dob: z.iso.date(),
  gender: z.enum(['female', 'male', 'other', 'unknown']),
  phone_number: z.string(),
  email: z.email(),
  medical_proxy: orNull(medicalProxy),
  race: orNull(z.string()),
  ethnicity: orNull(z.string()),
  sexual_orientation: orNull(z.string()),
  gender_identity: orNull(z.string()),
});

const patientAddress = z.object({
  ...address,
  zip: z.string().regex(ZIP),
  receiver_name: z.string().default(''),
  phone_number: orNull(z.string()),
});

const orderSet = z.object({
  lab_test_ids: orNull(z.array(z.uuid())),
  add_on: orNull(
    z.object({ marker_ids: orNull(z.array(z.int())), provider_ids: orNull(z.array(z.string())) }),
  ),
  lab_account_id: orNull(z.uuid()),
});

/** The body of `POST /v3/order`. Fields that change nothing here are accepted and dropped. */
export const orderRequestSchema = z.object({
  user_id: z.uuid(),
  lab_test_id: orNull(z.uuid()),
  order_set: orNull(orderSet),
  collection_method: orNull(z.enum(['testkit', 'walk_in_test', 'at_home_phlebotomy', 'on_site_collection'])),
  physician: orNull(z.object({ first_name: z.string(), last_name: z.string(), npi: z.string() })),
  health_insurance: orNull(z.record(z.string(), z.unknown())),
  priority: z.boolean().default(false),
  billing_type: z
    .enum(['client_bill', 'commercial_insurance', 'patient_bill', 'patient_bill_passthrough'])
    .default('client_bill'),
  icd_codes: orNull(z.array(z.string())),
  activate_by: orNull(z.iso.date()),
  aoe_answers: orNull(z.array(z.object({ marker_id: z.int(), question_id: z.int(), answer: z.string() }))),
  passthrough: orNull(z.string()),
  clinical_notes: orNull(z.string().max(1000)),
  lab_account_id: orNull(z.uuid()),
  patient_details: patientDetails,
  patient_address: patientAddress,
});

export type OrderRequest = z.output<typeof orderRequestSchema>;
