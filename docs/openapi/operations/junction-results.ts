/**
 * Junction's schema of results, LabResultsRaw: https://docs.junction.com/api-reference/results/get-results. This API passes
 * results through without reading them. test/docs/openapi/junction-results.test.ts compares the fields with Junction's SDK.
 */
import * as z from 'zod/mini';
import { describe } from '../../../core/domain/describe.ts';

const text = z.string();
const orNull = <Schema extends z.core.$ZodType>(schema: Schema) => z.optional(z.nullable(schema));

const sourceMarker = z.looseObject({
  marker_id: z.number(),
  name: text,
  slug: text,
  provider_id: orNull(text),
});
DOCS: describe(sourceMarker, {
  id: 'JunctionSourceMarker',
  description: 'A marker that was ordered, of which the result is a part.',
  properties: {
    marker_id: 'Junction’s ID of the marker.',
    name: 'The name of the marker.',
    slug: 'Junction’s slug of the marker.',
    provider_id: 'The lab’s ID of the marker.',
  },
});

export const biomarkerResult = z.looseObject({
  name: text,
  slug: z.optional(text),
  result: text,
  type: text,
  unit: orNull(text),
  timestamp: orNull(text),
  notes: orNull(text),
  reference_range: orNull(text),
  min_range_value: orNull(z.number()),
  max_range_value: orNull(z.number()),
  is_above_max_range: orNull(z.boolean()),
  is_below_min_range: orNull(z.boolean()),
  interpretation: z.optional(text),
  source_interpretation: z.optional(text),
  loinc: orNull(text),
  loinc_slug: orNull(text),
  provider_id: orNull(text),
  source_markers: orNull(z.array(sourceMarker)),
  performing_laboratory: orNull(text),
  source_sample_id: orNull(text),
});
DOCS: describe(biomarkerResult, {
  id: 'JunctionBiomarkerResult',
  description: 'The result of a marker.',
  properties: {
    name: 'The name of the marker.',
    slug: 'Junction’s slug of the marker.',
    result: 'The value as text.',
    type: '`numeric`, `range`, `comment` or `coded_value`.',
    unit: 'The unit of the value.',
    timestamp: 'When the lab reported it.',
    notes: 'Notes of the lab.',
    reference_range: 'The normal range as text.',
    min_range_value: 'The lower end of the normal range.',
    max_range_value: 'The upper end of the normal range.',
    is_above_max_range: 'Whether the value is above the normal range.',
    is_below_min_range: 'Whether the value is below the normal range.',
    interpretation: '`normal`, `abnormal`, `critical` or `unknown`.',
    source_interpretation: 'The interpretation as the lab spells it.',
    loinc: 'The LOINC code.',
    loinc_slug: 'Junction’s slug of the LOINC code.',
    provider_id: 'The lab’s ID of the marker.',
    source_markers: 'The markers that were ordered.',
    performing_laboratory: 'The laboratory that measured it.',
    source_sample_id: 'The sample that was measured.',
  },
});

export const missingBiomarker = z.looseObject({
  name: text,
  slug: text,
  inferred_failure_type: text,
  note: orNull(text),
  loinc: orNull(text),
  loinc_slug: orNull(text),
  provider_id: orNull(text),
  source_markers: orNull(z.array(sourceMarker)),
});
DOCS: describe(missingBiomarker, {
  id: 'JunctionMissingResult',
  description: 'A marker without a result.',
  properties: {
    name: 'The name of the marker.',
    slug: 'Junction’s slug of the marker.',
    inferred_failure_type: 'Why there is no result, as Junction infers it.',
    note: 'A note of the lab.',
    loinc: 'The LOINC code.',
    loinc_slug: 'Junction’s slug of the LOINC code.',
    provider_id: 'The lab’s ID of the marker.',
    source_markers: 'The markers that were ordered.',
  },
});

export const resultsMetadata = z.looseObject({
  age: text,
  dob: text,
  'clia_#': orNull(text),
  patient: text,
  provider: orNull(text),
  laboratory: orNull(text),
  date_reported: text,
  date_collected: orNull(text),
  specimen_number: text,
  date_received: orNull(text),
  status: z.optional(text),
  interpretation: orNull(text),
  patient_id: orNull(text),
  account_id: orNull(text),
});
DOCS: describe(resultsMetadata, {
  id: 'JunctionResultsMetadata',
  description: 'Whose results they are, and where they come from.',
  properties: {
    age: 'The age of the patient.',
    dob: 'The date of birth of the patient.',
    'clia_#': 'The CLIA number of the laboratory.',
    patient: 'The name of the patient.',
    provider: 'The name of the physician.',
    laboratory: 'The name of the laboratory.',
    date_reported: 'When the results were reported.',
    date_collected: 'When the sample was collected.',
    specimen_number: 'The number of the sample.',
    date_received: 'When the laboratory received the sample.',
    status: '`partial` or `final`.',
    interpretation: '`normal`, `abnormal`, `critical` or `unknown`.',
    patient_id: 'The lab’s ID of the patient.',
    account_id: 'The account at the lab.',
  },
});

const someResults = z.union([z.array(biomarkerResult), z.record(z.string(), z.unknown())]);
DOCS: describe(someResults, {
  description: 'The results of the markers. Some labs report an object of their own instead of a list.',
});

export const labResults = z.looseObject({
  metadata: resultsMetadata,
  results: someResults,
  missing_results: orNull(z.array(missingBiomarker)),
  sample_information: orNull(z.record(z.string(), z.unknown())),
  order_transaction: orNull(z.record(z.string(), z.unknown())),
});
DOCS: describe(labResults, {
  id: 'JunctionResults',
  description: 'Results as Junction’s `LabResultsRaw`, passed through unchanged.',
  properties: {
    missing_results: 'The markers without a result.',
    sample_information: 'The samples, by their numbers.',
    order_transaction: 'The transaction of the order, as Junction shows it.',
  },
});
