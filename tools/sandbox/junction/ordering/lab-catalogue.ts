import type {
  ClientFacingLabAccount,
  ClientFacingLabTest,
  ClientFacingMarker,
} from '@junction-api/sdk/serialization';
import { random } from '../../random.ts';
import { LABS, type LabSlug, type Modality, markersOf } from '../../world/lab-tests.ts';

/** The lab tests of the team: one for each collection method and lab, and one that asks a question. */
export const LAB_TESTS: readonly ClientFacingLabTest.Raw[] = [
  labTest('quest', 'walk_in_test', 'Metabolic panel'),
  labTest('labcorp', 'walk_in_test', 'Metabolic panel'),
  labTest('bioreference', 'walk_in_test', 'Metabolic panel'),
  labTest('quest', 'at_home_phlebotomy', 'Metabolic panel at home'),
  labTest('labcorp', 'on_site_collection', 'Metabolic panel on site'),
  labTest('spiriplex', 'testkit', 'Metabolic panel by test kit'),
  labTest('labcorp', 'walk_in_test', 'Lead', { markers: markersOf('labcorp').slice(-1) }),
];

/**
 * The team's accounts at Quest. Orders of the second need a physician of the team:
 * https://docs.junction.com/lab/overview/physicians
 */
export const LAB_ACCOUNTS: readonly ClientFacingLabAccount.Raw[] = [
  labAccount('not_delegated', "Junction's physicians"),
  labAccount('order_delegated', 'Own physicians'),
];

function labAccount(
  delegated_flow: ClientFacingLabAccount.Raw['delegated_flow'],
  account_name: string,
): ClientFacingLabAccount.Raw {
  return {
    id: random(`lab account/${account_name}`).uuid(),
    lab: 'quest',
    org_id: null,
    status: 'active',
    delegated_flow,
    provider_account_id: '73014866',
    account_name,
    default_clinical_notes: null,
    business_units: null,
    allowed_billing: {},
    team_id_allowlist: [],
  };
}

export function labTestById(id: string): ClientFacingLabTest.Raw | null {
  return LAB_TESTS.find((one) => one.id === id) ?? null;
}

/** The markers with these ids, of Junction or of the lab; of all labs if none is given. */
export function findMarkers(by: {
  markerIds?: readonly number[] | null | undefined;
  providerIds?: readonly string[] | null | undefined;
  lab: LabSlug | null;
}): ClientFacingMarker.Raw[] {
  const labs = by.lab ? [by.lab] : (Object.keys(LABS) as LabSlug[]);
  const all = labs.flatMap(markersOf);
  return [
    ...(by.markerIds ?? []).flatMap((id) => all.filter((marker) => marker.id === id)),
    ...(by.providerIds ?? []).flatMap((id) => all.filter((marker) => marker.provider_id === id).slice(0, 1)),
  ];
}

export function labOf(marker: Pick<ClientFacingMarker.Raw, 'lab_id'>): LabSlug | null {
  const found = Object.entries(LABS).find(([, { id }]) => id === marker.lab_id);
  return (found?.[0] as LabSlug | undefined) ?? null;
}

/** The combined test that Junction creates for several lab tests, or for individual markers. */
export function customTest(
  lab: LabSlug,
  method: Modality,
  markers: ClientFacingMarker.Raw[],
): ClientFacingLabTest.Raw {
  const ids = markers.map(({ id }) => id).join();
  return labTest(lab, method, `Custom order ${ids}`, { markers, auto_generated: true });
}

function labTest(
  lab: LabSlug,
  method: Modality,
  name: string,
  fields: Partial<ClientFacingLabTest.Raw> = {},
): ClientFacingLabTest.Raw {
  return {
    id: random(`lab test/${lab}/${method}/${name}`).uuid(),
    slug: `${lab}-${name.toLowerCase().replaceAll(/\W+/g, '-')}`,
    name: `${name} (${LABS[lab].name})`,
    sample_type: lab === 'spiriplex' ? 'dried_blood_spot' : 'serum',
    method,
    price: 99,
    is_active: true,
    status: 'active',
    fasting: false,
    lab: LABS[lab],
    markers: markersOf(lab).slice(0, -1),
    is_delegated: false,
    auto_generated: false,
    has_collection_instructions: false,
    common_tat_days: 3,
    worst_case_tat_days: 7,
    ...fields,
  };
}
