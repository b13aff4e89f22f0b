/** What may be shown of a refusal of Junction. None of it holds a value. */

/** https://docs.junction.com/lab/workflow/ordering, /lab/walk-in/psc-appointment-errors, /lab/at-home-phlebotomy/overview */
export const SENTENCES: readonly string[] = [
  "The order's laboratory does not support scheduling",
  'A physician is required for delegated orders',
  'All tests and markers must be of the same lab',
  'Appointment not found',
  'Cancellation reason not found',
  'Invalid ICD code',
  'Invalid booking key format',
  'Lab account not found',
  'Markers not found',
  'Missing required questions',
  'Order not found',
  'PSC appointment scheduling is not enabled',
  'Phlebotomy is not supported for patients under 18',
  'Provide marker_ids or provider_ids, not both',
  'The address is not served by the provider',
  'The appointment cannot be rescheduled',
  'The appointment must be cancelled with the lab',
  'The lab tests have several collection methods',
  'The order does not have a requisition',
  'The order does not have an active appointment',
  'The order has an active appointment',
  'The patient has an active appointment with this provider',
  'The slot is of another provider',
  'This appointment slot is no longer available. Please select a new time.',
  'User does not have a primary insurance',
  'activate_by is in the past',
  'collection_method is required with add_on',
  'dob is in the future',
  'icd_codes are required for commercial insurance',
  'medical_proxy is required for patients under 18',
  'order_set or lab_test_id must be provided',
  'start_date must be greater or equal than the current date',
];

/** The fields of the requests that are sent, by which a refusal can name the place of a fault. */
const FIELDS: ReadonlySet<unknown> = new Set(
  `user_id lab_test_id order_set lab_test_ids add_on marker_ids provider_ids lab_account_id collection_method physician
  first_name last_name npi email phone_number licensed_states health_insurance payor_code member_id group_id relationship
  insured subscriber guarantor diagnosis_codes front_image back_image patient_signature_image content content_type address
  street unit city state zip zip_code country priority billing_type icd_codes consents consentType version timeOfConsent
  activate_by aoe_answers marker_id question_id answer passthrough clinical_notes creator_member_id patient_details dob gender
  medical_proxy race ethnicity sexual_orientation gender_identity household_income household_size living_status
  patient_address receiver_name first_line second_line access_notes booking_key appointment_notes provider
  cancellation_reason_id cancellationReasonId notes note start_date lab radius site_codes context order_id`.split(
    /\s+/,
  ),
);
const MAX_INDEX = 10_000;

/** Whether a part of a path is the name of a field, or a place in a list. */
export function isFieldName(part: unknown): part is string | number {
  return FIELDS.has(part) || (Number.isInteger(part) && Number(part) >= 0 && Number(part) <= MAX_INDEX);
}

/** The types of errors of Junction's validation. https://docs.pydantic.dev/latest/errors/validation_errors/ */
const FAULT_TYPES: ReadonlySet<unknown> = new Set(
  `missing extra_forbidden value_error assertion_error string_type string_too_short string_too_long string_pattern_mismatch
  int_type int_parsing int_from_float float_type float_parsing bool_type bool_parsing enum literal_error uuid_type uuid_parsing
  uuid_version date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact date_past date_future datetime_type
  datetime_parsing datetime_from_date_parsing timezone_aware list_type dict_type model_type model_attributes_type too_short
  too_long greater_than greater_than_equal less_than less_than_equal json_invalid url_parsing value_error.missing
  value_error.email value_error.date value_error.datetime value_error.uuid value_error.any_str.min_length
  value_error.any_str.max_length value_error.str.regex type_error.enum type_error.integer type_error.none.not_allowed`.split(
    /\s+/,
  ),
);

export function isFaultType(type: unknown): type is string {
  return FAULT_TYPES.has(type);
}
