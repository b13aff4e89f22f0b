import type { ClientFacingLabTest, ClientFacingMarker } from '@junction-api/sdk/serialization';
import { type Instant, spellDay } from '../../time.ts';
import { LABS, type Modality } from '../../world/lab-tests.ts';
import { isMinor } from '../../world/patient.ts';
import { Refusal } from '../refusal.ts';
import { customTest, findMarkers, LAB_ACCOUNTS, labOf, labTestById } from './lab-catalogue.ts';
import type { OrderRequest } from './order-request.ts';

const ICD_CODE = /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/;

interface Circumstances {
  now: Instant;
  /** Whether the user has a primary insurance. */
  isInsured: boolean;
}

/** What an order request orders. */
export interface Ordered {
  labTest: ClientFacingLabTest.Raw;
  modality: Modality;
}

/**
 * Junction's rules for an order, apart from the form of the request.
 * https://docs.junction.com/lab/workflow/ordering, /lab/workflow/order-requirements, /lab/workflow/aoe, /lab/overview/insurance
 *
 * @throws {Refusal} with the first rule that is broken
 */
export function orderedBy(request: OrderRequest, { now, isInsured }: Circumstances): Ordered {
  const ordered = selectionOf(request);
  checkPatient(request, ordered.modality, now);
  checkBilling(request, isInsured);
  checkQuestions(request, ordered.labTest.markers ?? []);
  checkAccount(request);
  if (request.activate_by && request.activate_by < spellDay(now))
    throw new Refusal('activate_by is in the past');
  return ordered;
}

function selectionOf({ order_set, lab_test_id, collection_method }: OrderRequest): Ordered {
  const { add_on: addOn = null } = order_set ?? {};
  const tests = [...(order_set?.lab_test_ids ?? []), ...(lab_test_id ? [lab_test_id] : [])].map((id) => {
    const test = labTestById(id);
    if (!test) throw new Refusal(`Lab test ${id} not found`, 404);
    return test;
  });
  if (tests.length === 0 && !addOn) throw new Refusal('order_set or lab_test_id must be provided');
  if (addOn && !collection_method) throw new Refusal('collection_method is required with add_on');
  const methods = new Set(tests.map(({ method }) => method));
  const modality = collection_method ?? (methods.size === 1 ? [...methods][0] : undefined);
  if (!modality)
    throw new Refusal('The lab tests have several collection methods: provide collection_method');
  const added = addOn ? addedMarkers(addOn, tests[0]) : [];
  const all = [...tests.flatMap((one) => one.markers ?? []), ...added];
  const markers = [...new Map(all.map((one) => [one.id, one])).values()];
  return { labTest: combined(tests, markers, modality), modality };
}

function checkAccount({ lab_account_id, order_set, physician }: OrderRequest): void {
  const named = lab_account_id ?? order_set?.lab_account_id;
  if (!named) return;
  const account = LAB_ACCOUNTS.find(({ id }) => id === named);
  if (!account) throw new Refusal('Lab account not found', 404);
  if (account.delegated_flow === 'order_delegated' && !physician)
    throw new Refusal('A physician is required for delegated orders');
}

type AddOn = NonNullable<NonNullable<OrderRequest['order_set']>['add_on']>;

function addedMarkers(addOn: AddOn, test: ClientFacingLabTest.Raw | undefined): ClientFacingMarker.Raw[] {
  const { marker_ids: markerIds, provider_ids: providerIds } = addOn;
  if (markerIds && providerIds) throw new Refusal('Provide marker_ids or provider_ids, not both');
  const wanted = (markerIds ?? providerIds ?? []).length;
  const lab = test?.lab?.id === undefined ? null : labOf({ lab_id: test.lab.id });
  const found = findMarkers({ markerIds, providerIds, lab: markerIds ? null : lab });
  if (wanted === 0 || found.length < wanted) throw new Refusal('Markers not found', 404);
  return found;
}

/** One lab test of all that is ordered. */
function combined(
  tests: readonly ClientFacingLabTest.Raw[],
  markers: ClientFacingMarker.Raw[],
  modality: Modality,
): ClientFacingLabTest.Raw {
  const labs = new Set(markers.map(labOf));
  const [lab] = labs;
  if (labs.size !== 1 || !lab) throw new Refusal('All tests and markers must be of the same lab');
  if (!LABS[lab].collection_methods.includes(modality)) {
    throw new Refusal(`${LABS[lab].name} does not support ${modality}`);
  }
  const [first] = tests;
  if (first && tests.length === 1 && markers.length === first.markers?.length)
    return { ...first, method: modality };
  return customTest(lab, modality, markers);
}

function checkPatient({ patient_details: patient }: OrderRequest, modality: Modality, now: Instant): void {
  if (patient.dob > spellDay(now)) throw new Refusal('dob is in the future');
  if (!isMinor(patient, now)) return;
  if (modality === 'at_home_phlebotomy')
    throw new Refusal('Phlebotomy is not supported for patients under 18');
  if (!patient.medical_proxy) throw new Refusal('medical_proxy is required for patients under 18');
}

function checkBilling(
  { billing_type, icd_codes: codes, health_insurance }: OrderRequest,
  isInsured: boolean,
): void {
  const wrong = codes?.find((code) => !ICD_CODE.test(code));
  if (wrong !== undefined) throw new Refusal(`Invalid ICD code: ${wrong}`);
  if (billing_type !== 'commercial_insurance') return;
  if (!codes?.length) throw new Refusal('icd_codes are required for commercial insurance');
  if (!health_insurance && !isInsured) throw new Refusal('User does not have a primary insurance');
}

function checkQuestions(
  { aoe_answers: answers }: OrderRequest,
  markers: readonly ClientFacingMarker.Raw[],
): void {
  const missing = markers.flatMap((marker) =>
    (marker.aoe?.questions ?? []).filter(
      ({ id, required }) =>
        required && !answers?.some((one) => one.marker_id === marker.id && one.question_id === id),
    ),
  );
  if (missing.length > 0) {
    throw new Refusal(`Missing required questions - ${missing.map(({ value }) => `"${value}"`).join(', ')}`);
  }
}
